/* A file dropped onto the box is a file chosen; one that is too large is told before it travels. */
(function () {
  "use strict";
  var zone = document.querySelector("[data-drop-zone]");
  if (!zone) { return; }
  var input = zone.querySelector('input[type="file"]');
  var text = zone.querySelector("[data-drop-text]");
  var problem = document.querySelector("[data-drop-problem]");
  var largest = Number(zone.dataset.largest);

  function size(bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1).replace(".", ",") + " MB";
  }

  function show() {
    var file = input.files[0];
    problem.textContent = "";
    if (!file) { return; }
    text.textContent = file.name + " (" + size(file.size) + ")";
    if (file.size > largest) {
      problem.textContent = "Tệp " + size(file.size) + " vượt quá 50 MB: xóa hình ảnh trong tệp hoặc chia sổ theo năm rồi nhập từng tệp.";
      input.value = "";
    }
  }

  ["dragenter", "dragover"].forEach(function (name) {
    zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("is-over"); });
  });
  ["dragleave", "drop"].forEach(function (name) {
    zone.addEventListener(name, function () { zone.classList.remove("is-over"); });
  });
  zone.addEventListener("drop", function (event) {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; show(); }
  });
  input.addEventListener("change", show);
})();
