/* After so long without activity the screen is covered and the server locks the session. What is typed stays here. */
(function () {
  "use strict";

  var LIMIT = Number(document.body.dataset.idle) * 1000;
  var WARN = Math.min(60000, LIMIT / 3);
  var TELL = Math.min(60000, LIMIT / 4);
  var SEEN = "kntc-seen";
  var LOCK = "kntc-locked";
  var cover, warning, box, told = Date.now(), locked = false;

  /* All tabs share what they know; without storage each stands for itself. */
  var own = {};
  function share(name, value) {
    own[name] = value;
    try { window.localStorage.setItem(name, value); } catch (error) { own[name] = value; }
  }
  function shared(name) {
    try { return window.localStorage.getItem(name) || own[name]; } catch (error) { return own[name]; }
  }

  function token() { return document.querySelector('input[name="csrfmiddlewaretoken"]').value; }

  function post(url, values) {
    return fetch(url, {
      method: "POST",
      body: new URLSearchParams(values || {}),
      headers: { "X-CSRFToken": token(), Accept: "application/json" }
    });
  }

  function quiet() { return Date.now() - Number(shared(SEEN) || told); }

  /* ---- The person does something ---- */

  function active(event) {
    if (locked || (event && event.isTrusted === false)) { return; }
    if (quiet() > 1000) { share(SEEN, String(Date.now())); }
    hideWarning();
    if (Date.now() - told > TELL) { stay(); }
  }

  function stay() {
    told = Date.now();
    post(cover.dataset.stayUrl).then(function (response) {
      if (response.status === 423) { lock(false); }
    }).catch(function () { return null; /* the line is cut: the next form says so */ });
  }

  function hideWarning() { warning.hidden = true; }

  function showWarning(rest) {
    warning.querySelector("[data-idle-left]").textContent = String(Math.max(1, Math.ceil(rest / 1000)));
    warning.hidden = false;
  }

  function look() {
    if (locked) { return; }
    var rest = LIMIT - quiet();
    if (rest <= 0) { lock(true); } else if (rest <= WARN) { showWarning(rest); } else { hideWarning(); }
  }

  /* ---- The cover ---- */

  function show(proof) {
    cover.classList.toggle("cover-proof", proof);
    cover.querySelector("[data-cover-title]").textContent = proof ? "Xác nhận lại là bạn" : "Màn hình đã khóa";
    cover.querySelector("[data-cover-text]").textContent = proof ?
      "Việc này cần xác nhận lại. Chưa ghi gì; xác nhận xong, hãy bấm lại nút vừa bấm." :
      "Nhập mật khẩu để làm tiếp đúng chỗ đang dở. Những gì bạn đã nhập vẫn còn.";
    cover.querySelector("[data-cover-yes]").textContent = proof ? "Xác nhận" : "Mở khóa";
    cover.querySelector("[data-cover-cancel]").hidden = !proof;
    cover.querySelector("[data-cover-error]").textContent = "";
    cover.dataset.proof = proof ? "yes" : "";
    if (!cover.open) { box = document.activeElement; cover.showModal(); }
    cover.querySelector("#cover-password").focus();
  }

  function lock(tell) {
    if (locked) { return; }
    locked = true;
    hideWarning();
    document.body.classList.add("is-locked");
    show(false);
    if (tell) {
      share(LOCK, String(Date.now()));
      post(cover.dataset.lockUrl).catch(function () { return null; /* the server locks by its own clock */ });
    }
  }

  function open() {
    locked = false;
    share(SEEN, String(Date.now()));
    told = Date.now();
    document.body.classList.remove("is-locked");
    cover.querySelector("form").reset();
    cover.close();
    if (box && box.focus) { box.focus(); }
  }

  function refuse(text) {
    var field = cover.querySelector("#cover-password");
    cover.querySelector("[data-cover-error]").textContent = text;
    field.value = "";
    field.focus();
  }

  function send() {
    var form = cover.querySelector("form");
    var values = { proof_password: form.proof_password.value, proof_credential: form.proof_credential.value };
    var proof = Boolean(cover.dataset.proof);
    form.proof_credential.value = "";
    window.kntc.wait(1);
    return post(proof ? cover.dataset.proveUrl : cover.dataset.unlockUrl, values).then(function (response) {
      if (response.status === 200 && !response.redirected) {
        if (!proof) { share(LOCK, ""); }
        open();
        return null;
      }
      if (response.status === 422) { return response.json().then(function (told) { refuse(told.error); }); }
      /* The session has ended meanwhile: signing in at another tab brings it back. */
      document.body.classList.remove("is-locked");
      locked = false;
      cover.close();
      document.dispatchEvent(new CustomEvent("kntc:session-ended"));
      return null;
    }).catch(function () { refuse(window.kntc.lineCut); }).then(function () { window.kntc.wait(-1); });
  }

  function useKey() {
    fetch(cover.dataset.keyUrl, { headers: { Accept: "application/json" } })
      .then(function (response) { return response.json(); })
      .then(function (question) {
        if (!question.publicKey) { refuse("Tài khoản này chưa có khóa truy cập. Hãy nhập mật khẩu."); return null; }
        return window.kntcPasskeys.get(question).then(function (answer) {
          cover.querySelector("form").proof_credential.value = JSON.stringify(answer);
          return send();
        });
      }).catch(function (error) { refuse(window.kntcPasskeys.explain(error)); });
  }

  /* Another tab locked, or opened again; this tab need not ask. */
  function onShared(event) {
    if (event.key !== LOCK) { return; }
    if (event.newValue) { lock(false); } else if (locked) { open(); }
  }

  /* A machine that slept has missed its minutes: the server knows. */
  function onReturn() {
    if (document.visibilityState !== "visible" || locked) { return; }
    look();
    fetch(document.body.dataset.sessionUrl, { headers: { Accept: "application/json" }, cache: "no-store" })
      .then(function (response) { return response.json(); })
      .then(function (state) { if (state.locked) { lock(false); } })
      .catch(function () { return null; /* no line: the next form says so */ });
  }

  function start() {
    cover = document.getElementById("cover");
    warning = document.getElementById("idle-warning");
    if (!cover || !LIMIT || document.querySelector("[data-no-cover]")) { return; }
    share(SEEN, String(Date.now()));
    ["keydown", "pointerdown", "input", "wheel", "touchstart"].forEach(function (name) {
      document.addEventListener(name, active, { passive: true, capture: true });
    });
    document.addEventListener("mousemove", active, { passive: true });
    document.addEventListener("visibilitychange", onReturn);
    window.addEventListener("storage", onShared);
    document.addEventListener("kntc:locked", function () { lock(false); });
    document.addEventListener("kntc:prove", function () { show(true); });
    cover.addEventListener("cancel", function (event) { if (locked) { event.preventDefault(); } });
    cover.addEventListener("close", function () { if (locked) { cover.showModal(); } });
    cover.querySelector("form").addEventListener("submit", function (event) { event.preventDefault(); event.stopPropagation(); send(); });
    cover.querySelector("[data-cover-key]").addEventListener("click", useKey);
    cover.querySelector("[data-cover-cancel]").addEventListener("click", function () { cover.close(); });
    warning.querySelector("[data-idle-stay]").addEventListener("click", function () { active(); stay(); });
    document.addEventListener("click", function (event) { if (event.target.closest("[data-lock-screen]")) { lock(true); } });
    /* Requests that the page makes by itself are no sign of a person. */
    document.addEventListener("htmx:configRequest", function (event) {
      if (!event.detail.triggeringEvent) { event.detail.headers["X-Kntc-By-Itself"] = "1"; }
    });
    window.setInterval(look, Math.min(1000, LIMIT / 8));
  }

  document.addEventListener("DOMContentLoaded", start);
})();
