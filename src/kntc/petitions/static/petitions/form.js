/* The petition form: what is shown by kind and source, people recalled, drafts kept by the minute. */
(function () {
  "use strict";
  var form = document.querySelector("[data-petition-form]");
  if (!form) { return; }

  function chosen(name) {
    var field = form.querySelector('[name="' + name + '"]:checked') || form.querySelector('select[name="' + name + '"]');
    return field ? field.value : "";
  }

  /* A part that does not apply is hidden and sends nothing; its values stay in the page, in case of a slip. */
  function show(part, shown) {
    part.hidden = !shown;
    part.querySelectorAll("input, select, textarea").forEach(function (field) { field.disabled = !shown; });
  }

  function arrange() {
    [["kind", "onlyKind"], ["source", "onlySource"]].forEach(function (pair) {
      form.querySelectorAll("[data-" + pair[1].replace(/[A-Z]/g, function (c) { return "-" + c.toLowerCase(); }) + "]")
        .forEach(function (part) { show(part, part.dataset[pair[1]].split(" ").indexOf(chosen(pair[0])) >= 0); });
    });
    var anonymous = form.querySelector('[name="anonymous"]').checked;
    form.querySelectorAll("[data-hide-when-anonymous]").forEach(function (part) { show(part, !anonymous); });
  }

  function fill(button) {
    var index = button.dataset.fill;
    ["name", "id_number", "address", "phone", "birth_year", "gender", "place"].forEach(function (name) {
      var field = form.querySelector('[name="nguoi-' + index + "-" + name + '"]');
      var key = name.replace(/_([a-z])/g, function (_, c) { return c.toUpperCase(); });
      if (!field || !button.dataset[key]) { return; }
      field.value = button.dataset[key];
      if (name === "place") {
        field.dispatchEvent(new CustomEvent("kntc:picked", { bubbles: true, detail: { text: button.dataset.placeName } }));
      }
    });
    button.closest("[data-known]").replaceChildren();
    form.querySelector('[name="nguoi-' + index + '-address"]').focus();
    dirty = true;
  }

  form.addEventListener("click", function (event) {
    var person = event.target.closest("[data-fill]");
    var field = event.target.closest("[data-choose-field]");
    if (person) { fill(person); }
    if (field) {
      var select = form.querySelector('[name="field_code"]');
      select.value = field.dataset.chooseField;
      field.closest("p").remove();
      select.focus();
      dirty = true;
    }
    if (event.target.closest("[data-save-draft]")) { keep(); }
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id !== "people") { return; }
    var total = form.querySelector('[name="nguoi-TOTAL_FORMS"]');
    var rows = form.querySelectorAll("[data-person]");
    var signed = form.querySelector('[name="signatories"]');
    total.value = rows.length;
    if (Number(signed.value) < rows.length) { signed.value = rows.length; }
    rows[rows.length - 1].querySelector("input").focus();
  });

  /* ---- Drafts ---- */

  var dirty = false;
  var url = form.dataset.draftUrl;
  var state = form.querySelector("[data-draft-state]");

  function keep() {
    if (!url) { return; }
    dirty = false;
    fetch(url, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, keepalive: true })
      .then(function (response) {
        if (!response.ok) { throw new Error(String(response.status)); }
        return response.json();
      })
      .then(function (kept) {
        var field = form.querySelector('[name="draft"]');
        if (!field) {
          field = document.createElement("input");
          field.type = "hidden";
          field.name = "draft";
          form.append(field);
        }
        field.value = kept.draft;
        /* Reloading the page goes on from the draft. */
        window.history.replaceState(null, "", "?nhap=" + kept.draft);
        state.textContent = "Đã lưu nháp lúc " + kept.saved_at;
      })
      .catch(function () {
        dirty = true;
        state.textContent = "Chưa lưu được nháp: sẽ thử lại sau một phút. Nội dung vẫn còn trên màn hình.";
      });
  }

  form.addEventListener("input", function () { dirty = true; });
  form.addEventListener("change", arrange);
  window.setInterval(function () { if (dirty) { keep(); } }, 60000);
  /* On document, after the shell has had its say: a form held back by it is still unsaved. */
  document.addEventListener("submit", function (event) {
    if (event.target === form && !event.defaultPrevented) { dirty = false; }
  });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden" && dirty) { keep(); }
  });
  arrange();
  if (url && !form.querySelector("[data-focus]")) { form.querySelector('[name="kind"]:checked').focus({ preventScroll: true }); }
}());
