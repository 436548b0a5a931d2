/* Passkeys: what the server asks goes to the browser's own dialog, the answer back into a field of the form. */
(function () {
  "use strict";

  function bytes(text) {
    var plain = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return window.btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function withIds(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
  }

  function head(found) {
    return {
      id: found.id,
      rawId: text(found.rawId),
      type: found.type,
      clientExtensionResults: found.getClientExtensionResults()
    };
  }

  function make(question) {
    var options = Object.assign({}, question.publicKey);
    options.challenge = bytes(options.challenge);
    options.user = Object.assign({}, options.user, { id: bytes(options.user.id) });
    options.excludeCredentials = withIds(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options }).then(function (found) {
      return Object.assign(head(found), {
        response: {
          attestationObject: text(found.response.attestationObject),
          clientDataJSON: text(found.response.clientDataJSON)
        }
      });
    });
  }

  function get(question) {
    var options = Object.assign({}, question.publicKey);
    options.challenge = bytes(options.challenge);
    options.allowCredentials = withIds(options.allowCredentials);
    return navigator.credentials.get({ publicKey: options }).then(function (found) {
      var answer = {
        authenticatorData: text(found.response.authenticatorData),
        clientDataJSON: text(found.response.clientDataJSON),
        signature: text(found.response.signature)
      };
      if (found.response.userHandle) { answer.userHandle = text(found.response.userHandle); }
      return Object.assign(head(found), { response: answer });
    });
  }

  var NOT_HERE = "Trình duyệt này không dùng được khóa truy cập ở địa chỉ này. Hãy dùng mật khẩu hoặc mã xác thực.";
  var NOT_NOW = "Chưa dùng được khóa truy cập: bạn đã hủy, quá lâu, hoặc thiết bị không có khóa này. Hãy thử lại.";

  function explain(error) {
    return window.PublicKeyCredential && error.name !== "SecurityError" ? NOT_NOW : NOT_HERE;
  }

  function asked(id) { return JSON.parse(document.getElementById(id).textContent); }

  function fill(form, question, act) {
    var problem = form.querySelector("[data-passkey-error]");
    problem.hidden = true;
    return Promise.resolve().then(function () { return act(question); }).then(function (answer) {
      var field = form.querySelector('[name="credential"], [name="proof_credential"]');
      field.value = JSON.stringify(answer);
      form.dataset.answered = "yes";
      form.requestSubmit();
    }).catch(function (error) {
      problem.textContent = explain(error);
      problem.hidden = false;
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-passkey-get]");
    if (button) { fill(button.form, asked(button.dataset.passkeyGet), get); }
  });
  /* The key is made first; then the form goes its usual way. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.dataset.passkeyMake || form.dataset.answered || !form.reportValidity()) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    fill(form, asked(form.dataset.passkeyMake), make);
  }, true);

  window.kntcPasskeys = { get: get, explain: explain };
})();
