/* Pickers of bodies and places: the ARIA combobox with a list, over a hidden field that carries the key. */
(function () {
  "use strict";
  if (window.kntcPickers) { return; }
  window.kntcPickers = true;

  var WAIT = 120; /* ms of rest before a question goes out */
  var UNMATCHED = "Chưa chọn trong danh sách: gõ tiếp rồi chọn một dòng, hoặc xóa để bỏ trống.";

  function Picker(box) {
    this.box = box;
    this.url = box.dataset.picker;
    this.input = box.querySelector('[role="combobox"]');
    this.list = box.querySelector('[role="listbox"]');
    this.value = box.querySelector("[data-picker-value]");
    this.note = box.querySelector("[data-picker-note]");
    this.chosen = this.input.value;
    this.active = -1;
    this.listen();
  }

  Picker.prototype.listen = function () {
    var picker = this;
    this.input.addEventListener("input", function () { picker.typed(); });
    this.input.addEventListener("keydown", function (event) { picker.key(event); });
    this.input.addEventListener("blur", function () { picker.left(); });
    this.input.addEventListener("focus", function () { picker.opened(); });
    this.input.addEventListener("click", function () { picker.opened(); });
    /* Another script has put a key into the hidden field and says how it is called. */
    this.box.addEventListener("kntc:picked", function (event) {
      picker.take(picker.value.value, event.detail.text, "");
    });
    /* mousedown: the field keeps the focus while an option is clicked */
    this.list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    this.list.addEventListener("click", function (event) {
      var option = event.target.closest('[role="option"]');
      if (option) { picker.choose(option); }
    });
  };

  Picker.prototype.options = function () {
    return Array.from(this.list.querySelectorAll('[role="option"]'));
  };

  Picker.prototype.typed = function () {
    var picker = this;
    this.set("", "");
    this.tell("");
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(function () { picker.ask(); }, WAIT);
  };

  /* An empty field of bodies opens on what its owner chose last. */
  Picker.prototype.opened = function () {
    if (this.box.hasAttribute("data-picker-recent") && !this.input.value.trim() && this.list.hidden) { this.ask(); }
  };

  Picker.prototype.ask = function () {
    var picker = this;
    var text = this.input.value.trim();
    var asksRecent = !text && this.box.hasAttribute("data-picker-recent");
    if (this.question) { this.question.abort(); }
    if (text.length < 2 && !asksRecent) { this.close(); return; }
    this.question = new AbortController();
    fetch(this.url + "?q=" + encodeURIComponent(text), { signal: this.question.signal, redirect: "error" })
      .then(function (response) {
        if (!response.ok) { throw new Error(String(response.status)); }
        return response.text();
      })
      .then(function (html) { picker.show(html); })
      .catch(function (problem) {
        if (problem.name === "AbortError") { return; }
        picker.close();
        picker.tell("Không lấy được danh sách. Kiểm tra đường truyền rồi gõ lại; nếu vừa hết phiên, hãy đăng nhập lại.");
      });
  };

  Picker.prototype.show = function (html) {
    var picker = this;
    if (document.activeElement !== this.input) { return; }
    this.list.innerHTML = html;
    this.options().forEach(function (option, at) { option.id = picker.list.id + "_" + at; });
    if (!this.list.children.length) { this.close(); return; }
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    /* What was used last is offered, not proposed: Enter and Tab go on until an arrow has marked one. */
    if (this.options().length && !this.options()[0].hasAttribute("data-recent")) { this.move(0); }
  };

  Picker.prototype.close = function () {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  };

  Picker.prototype.move = function (to) {
    var options = this.options();
    if (!options.length) { return; }
    this.active = (to + options.length) % options.length;
    options.forEach(function (option, at) {
      option.setAttribute("aria-selected", String(at === this.active));
    }, this);
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
    options[this.active].scrollIntoView({ block: "nearest" });
  };

  Picker.prototype.key = function (event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) { this.ask(); return; }
      this.move(this.active < 0 && event.key === "ArrowUp" ? -1 : this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options()[this.active]);
    } else if (event.key === "Tab" && !this.list.hidden && this.active >= 0 &&
               !this.options()[this.active].dataset.propose) {
      this.choose(this.options()[this.active]);
    }
  };

  Picker.prototype.choose = function (option) {
    if (option.dataset.propose) { this.propose(option.dataset.propose); return; }
    this.take(option.dataset.value, option.dataset.label, option.dataset.note || "");
  };

  Picker.prototype.take = function (value, label, note) {
    this.input.value = label;
    this.set(value, label);
    this.close();
    this.tell(note);
  };

  Picker.prototype.set = function (value, label) {
    this.chosen = label;
    this.box.classList.remove("is-unmatched");
    this.input.removeAttribute("aria-invalid");
    if (this.value.value === value) { return; }
    this.value.value = value;
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  };

  Picker.prototype.tell = function (text) { this.note.textContent = text; };

  /* Text without a choice would be lost on saving: say so, do not guess. */
  Picker.prototype.left = function () {
    window.clearTimeout(this.timer);
    if (this.question) { this.question.abort(); }
    this.close();
    if (document.querySelector("dialog[data-picker-dialog]") && !this.box.closest("dialog")) { return; }
    if (this.input.value.trim() && this.input.value !== this.chosen) {
      this.box.classList.add("is-unmatched");
      this.input.setAttribute("aria-invalid", "true");
      this.tell(UNMATCHED);
    }
  };

  /* ---- A body that is not there ---- */

  Picker.prototype.propose = function (url) {
    var picker = this;
    fetch(url + "?ten=" + encodeURIComponent(this.input.value.trim()), { redirect: "error" })
      .then(function (response) {
        if (!response.ok) { throw new Error(String(response.status)); }
        return response.text();
      })
      .then(function (html) { picker.openDialog(html); })
      .catch(function () { picker.tell("Không mở được ô thêm cơ quan. Kiểm tra đường truyền rồi thử lại."); });
  };

  Picker.prototype.openDialog = function (html) {
    var picker = this;
    var dialog = document.createElement("dialog");
    dialog.className = "kntc-dialog";
    dialog.dataset.pickerDialog = "";
    dialog.setAttribute("aria-labelledby", "picker-dialog-title");
    dialog.innerHTML = html;
    dialog.addEventListener("close", function () { dialog.remove(); picker.input.focus(); });
    dialog.addEventListener("click", function (event) {
      if (event.target.closest("[data-picker-close]")) { dialog.close(); }
    });
    dialog.addEventListener("submit", function (event) {
      event.preventDefault();
      event.stopPropagation();
      picker.send(dialog, event.target);
    });
    document.body.append(dialog);
    prepare(dialog);
    dialog.showModal();
    /* The kind that the name speaks of stands there already: one Enter is left. */
    var kind = dialog.querySelector("select");
    (kind.value ? dialog.querySelector('[type="submit"]') : kind).focus();
  };

  Picker.prototype.send = function (dialog, form) {
    var picker = this;
    if (dialog.dataset.sending) { return; }
    dialog.dataset.sending = "yes";
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" })
      .then(function (response) {
        if (response.status === 201) {
          return response.json().then(function (body) {
            picker.take(String(body.value), body.label, body.note);
            dialog.close();
          });
        }
        if (response.status !== 422) { throw new Error(String(response.status)); }
        return response.text().then(function (html) {
          dialog.innerHTML = html;
          prepare(dialog);
          dialog.querySelector("[aria-invalid], input:not([type=hidden])").focus();
        });
      })
      .catch(function () {
        dialog.close();
        picker.tell("Chưa thêm được cơ quan. Hãy thử lại sau ít phút.");
      })
      .finally(function () { delete dialog.dataset.sending; });
  };

  function prepare(root) {
    root.querySelectorAll("[data-picker]").forEach(function (box) {
      if (!box.dataset.ready) { box.dataset.ready = "yes"; new Picker(box); }
    });
  }

  document.addEventListener("htmx:load", function (event) { prepare(event.target); });
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", function () { prepare(document); });
  } else {
    prepare(document);
  }
}());
