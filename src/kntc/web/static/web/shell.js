/* The frame: keys, toasts, the waiting line, and what a failed htmx request says. */
(function () {
  "use strict";

  var LINE_CUT = "Mất kết nối với máy chủ. Dữ liệu bạn đã nhập vẫn còn trên máy này: kiểm tra mạng rồi gửi lại.";
  var BY_STATUS = {
    400: "Máy chủ không đọc được yêu cầu, chưa ghi gì. Tải lại trang rồi làm lại.",
    403: "Bạn không có quyền làm việc này, hoặc trang đã mở quá lâu. Tải lại trang rồi thử lại.",
    404: "Không tìm thấy hồ sơ: có thể vừa được chuyển hoặc hủy. Tải lại danh sách.",
    409: "Hồ sơ vừa thay đổi sau khi bạn mở. Tải lại trang để xem rồi làm lại.",
    413: "Dữ liệu gửi lên quá lớn. Chia nhỏ tệp rồi gửi lại.",
    500: "Máy chủ gặp trục trặc, việc vừa làm chưa được ghi. Chờ một phút rồi làm lại."
  };

  function dismiss(toast) {
    toast.remove();
  }

  function arm(toast) {
    var close = document.createElement("button");
    close.type = "button";
    close.className = "btn-close";
    close.setAttribute("aria-label", "Đóng thông báo");
    close.addEventListener("click", function () { dismiss(toast); });
    toast.appendChild(close);
    if (toast.dataset.level === "success" || toast.dataset.level === "info") {
      window.setTimeout(function () {
        if (!toast.matches(":hover, :focus-within")) { dismiss(toast); }
      }, 8000);
    }
  }

  function showToast(text, level) {
    var toast = document.createElement("div");
    var body = document.createElement("div");
    toast.className = "toast show";
    toast.dataset.level = level;
    if (level === "error") { toast.setAttribute("role", "alert"); }
    body.className = "toast-body";
    body.textContent = text;
    toast.appendChild(body);
    document.getElementById("toasts").appendChild(toast);
    arm(toast);
  }

  /* Screen readers speak only what enters a live region after the page has loaded. */
  function announceServerToasts() {
    var region = document.getElementById("toasts");
    Array.from(region.children).forEach(function (toast) {
      toast.remove();
      showToast(toast.textContent.trim(), toast.dataset.level || "info");
    });
  }

  function onSlash(event) {
    /* A page with a search of its own hides that of the header. */
    var field = Array.from(document.querySelectorAll("[data-search]")).find(function (box) { return box.offsetParent; });
    var typing = event.target.closest("input, textarea, select, [contenteditable], dialog");
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || typing || !field) { return; }
    event.preventDefault();
    field.focus();
    field.select();
  }

  var waiting = 0;
  function wait(step) {
    waiting = Math.max(0, waiting + step);
    document.body.classList.toggle("is-waiting", waiting > 0);
  }

  function onResponseError(event) {
    var xhr = event.detail.xhr;
    if (xhr.status === 401) { document.dispatchEvent(new CustomEvent("kntc:session-ended")); return; }
    if (xhr.status === 423) { document.dispatchEvent(new CustomEvent("kntc:locked")); return; }
    if ((xhr.getResponseHeader("HX-Trigger") || "").indexOf("kntc:prove") >= 0) { return; }
    if ((xhr.getResponseHeader("HX-Trigger") || "").indexOf("kntc:toasts") >= 0) { return; }
    showToast(BY_STATUS[xhr.status] || (xhr.status >= 500 ? BY_STATUS[500] : BY_STATUS[400]), "error");
  }

  window.kntc = { toast: showToast, wait: wait, lineCut: LINE_CUT };

  document.addEventListener("keydown", onSlash);
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-back]")) { window.history.back(); }
    if (event.target.closest("[data-print]")) { window.print(); }
  });
  document.addEventListener("kntc:toasts", function (event) {
    event.detail.toasts.forEach(function (toast) { showToast(toast.text, toast.level); });
  });
  document.addEventListener("htmx:beforeRequest", function () { wait(1); });
  document.addEventListener("htmx:afterRequest", function () { wait(-1); });
  document.addEventListener("htmx:responseError", onResponseError);
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () { showToast(LINE_CUT, "error"); });
  });
  window.addEventListener("offline", function () { showToast(LINE_CUT, "warning"); });
  document.addEventListener("DOMContentLoaded", announceServerToasts);
})();
