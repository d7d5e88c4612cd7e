"""The style sheet of the pages of links: the station's own dark, with one accent. Pure."""

from __future__ import annotations

from typing import Final

ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="8" fill="#13161D"/>'
    '<path d="M12 9l12 7-12 7z" fill="#FF8A3D"/></svg>'
)
# The tokens of the window (`ui/theme.py`), which services know nothing of.
STYLE: Final = """\
:root { --background: #0C0E13; --surface1: #13161D; --surface2: #1A1E27; --surface3: #232833;
  --line: #262C38; --text: #F2F4F8; --dim: #A9B1C0; --accent: #FF8A3D; --accent-hover: #FF9C5A;
  --on-accent: #14100C; }
* { box-sizing: border-box; }
html { background: var(--background); }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; color: var(--text);
  background: radial-gradient(60rem 30rem at 50% -12rem, rgba(255, 138, 61, .13), transparent),
    var(--background);
  font: 16px/1.5 Inter, "Inter Variable", system-ui, "Noto Sans", "DejaVu Sans", sans-serif;
  -webkit-text-size-adjust: 100%; }
main { flex: 1; width: 100%; max-width: 62rem; margin: 0 auto; padding: 40px 24px 24px; }
h1, .caption { position: relative; }
h1 { margin: 24px 0 4px; font-size: clamp(24px, 4.5vw, 32px); line-height: 1.2; font-weight: 700;
  letter-spacing: -.01em; overflow-wrap: anywhere; }
p { margin: 0; }
a { color: var(--accent); text-underline-offset: 3px; }
a:hover { color: var(--accent-hover); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 4px; border-radius: 12px; }
.back { margin-bottom: 20px; font-size: 14px; }
.back a { display: inline-block; padding: 10px 0; text-decoration: none; color: var(--dim); }
.caption { color: var(--dim); font-variant-numeric: tabular-nums; }
.remark { margin-top: 12px; color: var(--dim); font-size: 14px; max-width: 44rem; }
.note { margin-top: 20px; max-width: 44rem; overflow-wrap: anywhere; }
.facts { margin: 20px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 10px;
  list-style: none; }
.facts li { padding: 6px 14px; border-radius: 999px; background: var(--surface2);
  border: 1px solid var(--line); color: var(--dim); font-size: 14px;
  font-variant-numeric: tabular-nums; }
.screen { position: relative; aspect-ratio: 16 / 9; border-radius: 16px; overflow: hidden;
  background: #000; border: 1px solid var(--line); box-shadow: 0 12px 40px rgba(0, 0, 0, .35); }
.screen video { display: block; width: 100%; height: 100%; background: #000;
  accent-color: var(--accent); }
.screen.still { background: linear-gradient(135deg, #24566B, #413A9E); }
.screen.still img { width: 100%; height: 100%; object-fit: cover; }
video::cue { background: rgba(8, 9, 13, .7); color: #fff; }
.acts { display: flex; flex-wrap: wrap; align-items: center; gap: 10px; margin-top: 20px; }
.acts:empty { display: none; }
.button { display: inline-flex; align-items: center; min-height: 44px; padding: 10px 20px;
  border-radius: 12px; background: var(--surface3); color: var(--text); font-weight: 600;
  text-decoration: none; overflow-wrap: anywhere; transition: background .15s ease-out; }
.button:hover { background: #2D3340; color: var(--text); }
.button.accent { background: var(--accent); color: var(--on-accent); }
.button.accent:hover { background: var(--accent-hover); color: var(--on-accent); }
.price { font-size: 20px; font-weight: 600; }
.films { display: grid; gap: 24px 20px;
  grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
  margin: 28px 0 0; padding: 0; list-style: none; }
.films a { display: block; color: var(--text); text-decoration: none; border-radius: 14px; }
.poster { display: grid; place-items: center; aspect-ratio: 2 / 3; overflow: hidden;
  border-radius: 14px; border: 1px solid var(--line);
  background: linear-gradient(150deg, #2B2459, #7B28A6); }
.films li:nth-child(3n + 2) .poster { background: linear-gradient(150deg, #24566B, #413A9E); }
.films li:nth-child(3n) .poster { background: linear-gradient(150deg, #742030, #B85A2A); }
.poster img { width: 100%; height: 100%; object-fit: cover; }
.poster b { font-size: 64px; font-weight: 700; opacity: .8; }
.films a:hover .poster { border-color: var(--accent); }
.title { display: block; margin-top: 10px; font-weight: 600; line-height: 1.35;
  overflow-wrap: anywhere; }
.more { display: block; color: var(--dim); font-size: 14px; }
.closed { max-width: 34rem; margin: 12vh auto 0; text-align: center; }
.closed .acts { justify-content: center; }
.closed .why { margin-top: 10px; color: var(--dim); }
.mark { width: 72px; height: 72px; margin: 0 auto; border-radius: 999px;
  background: var(--surface2); border: 1px solid var(--line); position: relative; }
.mark::after { content: ""; position: absolute; left: 29px; top: 23px; border-style: solid;
  border-width: 12px 0 12px 20px; border-color: transparent transparent transparent var(--accent); }
footer { padding: 24px; text-align: center; color: var(--dim); font-size: 13px; }
@media (max-width: 640px) {
  main { padding: 0 16px 16px; }
  .back { margin: 0 0 4px; }
  .screen { margin: 0 -16px; border-radius: 0; border-width: 0 0 1px; }
  h1 { margin-top: 20px; }
  main > h1:first-child { margin-top: 28px; }
  .acts .button { flex: 1 1 100%; justify-content: center; }
  .films { grid-template-columns: repeat(auto-fill, minmax(132px, 1fr)); gap: 20px 14px; }
}
@media (prefers-reduced-motion: reduce) { .button { transition: none; } }
"""
