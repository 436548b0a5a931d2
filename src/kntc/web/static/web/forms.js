/* Forms: nothing typed is lost to an ended session or a cut line; dates as people write them here. */
(function () {
  "use strict";

  /* ---- A form leaves the page only when the server answers and knows us ---- */

  function takeToken(token) {
    document.querySelectorAll('input[name="csrfmiddlewaretoken"]').forEach(function (field) { field.value = token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  function sessionEnded() {
    var box = document.getElementById("session-dialog");
    if (!box.open) { box.showModal(); }
  }

  function checkSession() {
    return fetch(document.body.dataset.sessionUrl, { headers: { Accept: "application/json" }, cache: "no-store" })
      .then(function (response) {
        if (!response.ok) { throw new Error(String(response.status)); }
        return response.json();
      });
  }

  /* Another tab may have signed out, or gone on in another post: what is typed here is not sent in that name. */
  function knowsUs(state) {
    if (!state.signed_in) { sessionEnded(); return false; }
    if (state.locked) { document.dispatchEvent(new CustomEvent("kntc:locked")); return false; }
    if (String(state.post) === document.body.dataset.post) { return true; }
    window.kntc.toast("Ở thẻ khác, trình duyệt này đã chuyển sang vị trí công tác khác. Chưa gửi gì: đổi lại vị trí cũ rồi gửi lần nữa.", "error");
    return false;
  }

  function needsCheck(form) {
    return Boolean(document.body.dataset.sessionUrl) && "requestSubmit" in form && form.method === "post" &&
      !("noSessionCheck" in form.dataset) && !form.matches("[hx-post], [data-hx-post]");
  }

  function onSubmit(event) {
    var form = event.target;
    if (event.defaultPrevented || !needsCheck(form)) { return; }
    if (form.dataset.checked) { delete form.dataset.checked; return; }
    event.preventDefault();
    if (form.dataset.sending) { return; } /* a second click sends nothing twice */
    form.dataset.sending = "yes";
    window.kntc.wait(1);
    checkSession().then(function (state) {
      if (!knowsUs(state)) { return 0; }
      takeToken(state.token);
      form.dataset.checked = "yes";
      form.requestSubmit(event.submitter || undefined);
      return 1500;
    }).catch(function () {
      window.kntc.toast(window.kntc.lineCut, "error");
      return 0;
    }).then(function (rest) {
      window.kntc.wait(-1);
      window.setTimeout(function () { delete form.dataset.sending; }, rest);
    });
  }

  /* Back from signing in at another tab: the page takes the new token. */
  function onReturn() {
    var box = document.getElementById("session-dialog");
    if (document.visibilityState !== "visible" || !box.open) { return; }
    checkSession().then(function (state) {
      if (!state.signed_in) { return; }
      takeToken(state.token);
      box.close();
      window.kntc.toast("Đã đăng nhập lại. Bấm gửi lần nữa để ghi.", "success");
    }).catch(function () { window.kntc.toast(window.kntc.lineCut, "error"); });
  }

  /* ---- Dates: 5/2/26, 050226 and 5.2.2026 become 05/02/2026; arrows move by a day ---- */

  var SEPARATED = /^(\d{1,2})\s*[\/.\-\s]\s*(\d{1,2})\s*[\/.\-\s]\s*(\d{2}|\d{4})$/;
  var DIGITS = /^(\d{2})(\d{2})(\d{2}|\d{4})$/;

  function two(number) { return String(number).padStart(2, "0"); }

  function written(date) { return two(date.getDate()) + "/" + two(date.getMonth() + 1) + "/" + date.getFullYear(); }

  function read(text) {
    var found = SEPARATED.exec(text.trim()) || DIGITS.exec(text.trim());
    if (!found) { return null; }
    var year = Number(found[3]);
    if (found[3].length === 2) { year += year < 50 ? 2000 : 1900; }
    var date = new Date(year, Number(found[2]) - 1, Number(found[1]));
    var real = date.getDate() === Number(found[1]) && date.getMonth() === Number(found[2]) - 1;
    return real ? date : null; /* what is no date stays as typed: the server explains it */
  }

  function setDate(field, date) {
    field.value = written(date);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function onDateBlur(event) {
    var field = event.target;
    if (!field.matches || !field.matches("[data-date]")) { return; }
    var date = read(field.value);
    if (date && field.value !== written(date)) { setDate(field, date); }
  }

  function onDateKey(event) {
    var field = event.target;
    if (field.matches("[data-date]") && event.key === "Enter") { onDateBlur(event); } /* the form leaves without a blur */
    if (!field.matches("[data-date]") || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) { return; }
    var date = read(field.value) || new Date();
    event.preventDefault();
    if (field.value.trim()) { date.setDate(date.getDate() + (event.key === "ArrowUp" ? 1 : -1)); }
    setDate(field, date);
  }

  function addPicker(field) {
    if (field.dataset.ready || !("showPicker" in HTMLInputElement.prototype)) { return; }
    field.dataset.ready = "yes";
    var box = document.createElement("div");
    var native = document.createElement("input");
    var button = document.createElement("button");
    box.className = "date-box";
    native.type = "date";
    native.className = "date-native";
    native.tabIndex = -1;
    native.setAttribute("aria-hidden", "true");
    button.type = "button";
    button.className = "btn btn-icon";
    button.setAttribute("aria-label", "Chọn ngày trên lịch");
    button.appendChild(document.getElementById("calendar-icon").content.cloneNode(true));
    button.addEventListener("click", function () {
      var date = read(field.value);
      native.value = date ? date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate()) : "";
      native.showPicker();
    });
    native.addEventListener("change", function () {
      var parts = native.value.split("-").map(Number);
      if (parts.length === 3) { setDate(field, new Date(parts[0], parts[1] - 1, parts[2])); field.focus(); }
    });
    field.replaceWith(box);
    box.append(field, button, native);
  }

  /* ---- Start ---- */

  function prepare(root) {
    root.querySelectorAll("[data-date]").forEach(addPicker);
    root.querySelectorAll("[data-password-toggle]").forEach(function (button) {
      button.hidden = false;
    });
  }

  function onClick(event) {
    var button = event.target.closest("[data-password-toggle]");
    if (!button) { return; }
    var field = document.getElementById(button.dataset.passwordToggle);
    var show = field.type === "password";
    field.type = show ? "text" : "password";
    button.setAttribute("aria-pressed", String(show));
  }

  function focusFirstProblem() {
    var summary = document.querySelector("[data-focus]");
    if (summary) { summary.focus(); }
  }

  document.addEventListener("submit", onSubmit);
  document.addEventListener("focusout", onDateBlur);
  document.addEventListener("keydown", onDateKey);
  document.addEventListener("click", onClick);
  document.addEventListener("visibilitychange", onReturn);
  window.addEventListener("focus", onReturn);
  document.addEventListener("kntc:session-ended", sessionEnded);
  document.addEventListener("kntc:token", function (event) { takeToken(event.detail); });
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
  document.addEventListener("DOMContentLoaded", function () { prepare(document); focusFirstProblem(); });
})();
