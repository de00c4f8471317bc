// The way out, made faster: Shift pressed three times, or the link itself, empties the page at once and
// puts the neutral site in its place, so that Back does not lead here. It stands in every page
// (app/web/assets.py), right below the link. Without it the way out is that plain link.
((d, n, t) => {
  const out = d.querySelector(".exit");
  const leave = () => {
    const p = d.createElement("p");
    p.className = "gone";
    p.setAttribute("role", "alert");
    d.body.textContent = "";
    d.body.appendChild(p).textContent = d.title = out.dataset.wait;
    location.replace(out.href);
  };
  addEventListener("keydown", (e) => {
    if (e.repeat) return;
    // Any other key between, as in a capital letter, and the count begins anew.
    n = e.key == "Shift" ? (e.timeStamp - t < 1500 ? n + 1 : 1) : 0;
    t = e.timeStamp;
    if (n > 2) leave();
  }, true);
  addEventListener("click", (e) => {
    const a = e.target.closest("a");
    if (a && a.href == out.href) {
      e.preventDefault();
      leave();
    }
  }, true);
  // A browser that kept the page would show it again, with all that was open.
  addEventListener("pageshow", (e) => e.persisted && location.reload());
})(document, 0, 0);
