/* Native <dialog>: opening by [data-dialog-open="id"], closing, and "are you sure" for links, forms and htmx. */
(function () {
  "use strict";

  var pending = null;

  function dialog() { return document.getElementById("confirm-dialog"); }

  function ask(element, text, proceed) {
    var box = dialog();
    box.querySelector("[data-confirm-text]").textContent = text;
    box.querySelector("[data-confirm-yes]").textContent = element.dataset.confirmAction || "Đồng ý";
    pending = proceed;
    box.returnValue = "";
    box.showModal();
  }

  function onClose() {
    var proceed = pending;
    pending = null;
    if (proceed && dialog().returnValue === "yes") { proceed(); }
  }

  function onClick(event) {
    var opener = event.target.closest("[data-dialog-open]");
    var closer = event.target.closest("[data-dialog-close]");
    var link = event.target.closest("a[data-confirm]");
    if (opener) {
      document.getElementById(opener.dataset.dialogOpen).showModal();
    } else if (closer) {
      closer.closest("dialog").close();
    } else if (link) {
      event.preventDefault();
      ask(link, link.dataset.confirm, function () { window.location.assign(link.href); });
    }
  }

  function onSubmit(event) {
    var form = event.target;
    var submitter = event.submitter;
    var asker = submitter && submitter.dataset.confirm ? submitter : form;
    if (!asker.dataset.confirm || form.dataset.checked) { return; } /* checked: forms.js sends it on, asked already */
    if (form.dataset.confirmed) { delete form.dataset.confirmed; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(asker, asker.dataset.confirm, function () {
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter || undefined);
    });
  }

  function onHtmxConfirm(event) {
    if (!event.detail.question) { return; }
    event.preventDefault();
    ask(event.detail.elt, event.detail.question, function () { event.detail.issueRequest(true); });
  }

  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("htmx:confirm", onHtmxConfirm);
  document.addEventListener("DOMContentLoaded", function () { dialog().addEventListener("close", onClose); });
})();
