"""The two pieces of JavaScript of a visit: one that runs before every page, one that reads it."""

from __future__ import annotations

WATCH = """
(() => {
  const tell = window.NAME;
  delete window.NAME;
  if (!tell) return;
  const told = new Set();
  const once = what => { if (!told.has(what)) { told.add(what); tell(what); } };
  const wrap = (holder, method, what) => {
    const own = holder && holder[method];
    if (!own) return;
    holder[method] = function (...words) {
      try { const one = what(words); if (one) once(one); } catch {}
      return own.apply(this, words);
    };
  };
  const drm = system => typeof system === "string" && !/clearkey/i.test(system) && "drm";
  wrap(window.Navigator?.prototype, "requestMediaKeySystemAccess", words => drm(words[0]));
  wrap(window.MediaCapabilities?.prototype, "decodingInfo",
       words => drm(words[0]?.keySystemConfiguration?.keySystem));
  wrap(window.ServiceWorkerContainer?.prototype, "register", () => "worker");
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"])
    try { delete window[name]; } catch {}
})();
"""
"""Tells when a page asks for a DRM system's keys or for a service worker (`NAME` tells it), and
takes away what would talk to others beside the proxy."""

READ = """
function (selector, most, longest, address) {
  const line = text => (text || "").slice(0, 20000).replace(/\\s+/g, " ").trim().slice(0, longest);
  const answer = {bad: false, ready: document.readyState, count: 0, links: [],
                  title: line(document.title), url: location.href.slice(0, address)};
  if (!selector) return answer;
  let matching = [];
  try { matching = document.querySelectorAll(selector); } catch { answer.bad = true; }
  answer.count = matching.length;
  if (!most) return answer;
  const found = new Map();
  for (const one of matching) {
    const link = one.closest("a[href]") || one.querySelector("a[href]");
    const url = link && typeof link.href === "string" ? link.href : "";
    if (!/^https?:/.test(url) || url.length > address) continue;
    const words = line(one.innerText);
    const known = found.get(url);
    // The poster and the title often are two links to the same page: the words are the better.
    if (known?.words || (known && !words)) continue;
    if (!known && found.size >= most) break;
    const text = words || line(link.title) || line(link.getAttribute("aria-label"))
      || line(one.querySelector("img[alt]")?.alt);
    found.set(url, {words, text});
  }
  answer.links = [...found].map(([url, {text}]) => ({url, text}));
  return answer;
}
"""
"""What a page shows; it runs in a world of its own, where the page's scripts changed nothing."""
