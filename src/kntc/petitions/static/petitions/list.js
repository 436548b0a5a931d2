/* The list of petitions by keyboard: J and K (or the arrows) go from row to row, Enter opens. */
(function () {
  "use strict";

  function links() { return Array.from(document.querySelectorAll("#danh-sach .list-open")); }

  function go(step) {
    var all = links();
    var row = document.activeElement && document.activeElement.closest("[data-row]");
    var at = row ? all.indexOf(row.querySelector(".list-open")) : -1;
    var next = at < 0 ? (step > 0 ? all[0] : null) : all[at + step];
    if (next) { next.focus(); }
    return Boolean(next);
  }

  function isTyping(element) { return Boolean(element.closest("input, textarea, select, [contenteditable], dialog")); }

  function onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    var search = event.target.id === "tim-don";
    var inRows = Boolean(event.target.closest("[data-row]"));
    var down = event.key === "ArrowDown" && (search || inRows);
    var up = event.key === "ArrowUp" && inRows;
    if (!isTyping(event.target)) {
      down = down || event.key === "j" || event.key === "J";
      up = up || event.key === "k" || event.key === "K";
    }
    if (!down && !up) { return; }
    if (go(down ? 1 : -1)) { event.preventDefault(); }
    else if (up && inRows) { document.getElementById("tim-don").focus(); event.preventDefault(); }
  }

  /* An address names only what was chosen. */
  function onSubmit(event) {
    if (!event.target.matches("[data-drop-empty]")) { return; }
    event.target.querySelectorAll("input, select").forEach(function (field) { field.disabled = !field.value; });
  }

  /* Back to a page whose form was emptied for sending: its fields work again. */
  function onShow() {
    document.querySelectorAll("[data-drop-empty] :disabled").forEach(function (field) { field.disabled = false; });
  }

  /* A browser says nothing while the server writes the file. */
  function onClick(event) {
    if (event.target.closest("a#ket-xuat[href]")) {
      window.kntc.toast("Đang lập tệp Excel; danh sách dài có thể mất khoảng một phút. Bạn cứ làm việc tiếp.", "info");
    }
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  window.addEventListener("pageshow", onShow);
})();
