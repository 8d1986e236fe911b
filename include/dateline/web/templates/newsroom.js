// In Airflow's frame the page takes over Airflow's theme; elsewhere, and where that can't be seen, the system's holds.
(function () {
  const here = document.documentElement;
  function follow(outer) {
    const theme = ["dark", "light"].find((name) => outer.classList.contains(name)) || outer.dataset.theme;
    if (theme === "dark" || theme === "light") {
      here.dataset.theme = theme;
    }
  }
  try {
    if (parent !== window) {
      const outer = parent.document.documentElement;
      follow(outer);
      new MutationObserver(() => follow(outer)).observe(outer, { attributeFilter: ["class", "data-theme"] });
    }
  } catch (error) {
    // Another origin's frame tells nothing.
  }
})();
