// A click on a paragraph of the clean article shows it in the raw page; selecting text does not.
document.addEventListener("click", function (event) {
  const block = event.target.closest("[data-raw]");
  if (block && !event.target.closest("a") && String(getSelection()) === "") {
    location.hash = block.dataset.raw;
  }
});
