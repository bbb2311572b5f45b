/** How the page looks: the system's own fonts, light or dark as the reader has it. */
export const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 16%, Canvas); --muted: color-mix(in srgb, CanvasText 66%, Canvas); --soft: color-mix(in srgb, CanvasText 5%, Canvas); }
* { box-sizing: border-box; }
body { font: 14px/1.5 system-ui, sans-serif; margin: 0; display: grid; grid-template-columns: 260px minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 20px 16px; border-right: 1px solid var(--line); }
nav h1 { font-size: 17px; margin: 0; } nav h2 { font-size: 12px; margin: 18px 0 4px; color: var(--muted); font-weight: 600; }
nav ul { list-style: none; margin: 0; padding: 0; } nav li { padding: 1px 0; overflow-wrap: anywhere; } nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
input { width: 100%; padding: 5px 8px; font: inherit; border: 1px solid var(--line); border-radius: 5px; background: Canvas; color: CanvasText; }
main { padding: 4px 32px 64px; max-width: 1280px; } section { padding: 18px 0; border-bottom: 1px solid var(--line); scroll-margin-top: 8px; }
section h2 { font-size: 18px; margin: 0 0 4px; overflow-wrap: anywhere; } h3 { font-size: 13px; margin: 14px 0 4px; } p { margin: 4px 0; }
a { color: inherit; text-decoration-color: var(--muted); text-underline-offset: 2px; } .muted { color: var(--muted); font-size: 13px; }
table { border-collapse: collapse; margin: 8px 0; font-size: 13px; } th { text-align: left; font-weight: 600; color: var(--muted); }
th, td { border-bottom: 1px solid var(--line); padding: 3px 14px 3px 0; vertical-align: top; overflow-wrap: break-word; max-width: 46ch; }
td:nth-child(-n + 2) { white-space: nowrap; } td div { white-space: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } code { font-size: 12px; }
.tag { font-size: 11px; border: 1px solid var(--line); border-radius: 3px; padding: 0 4px; } .wide { overflow-x: auto; }
.checks { list-style: none; margin: 0; padding: 0; } .checks li { display: grid; grid-template-columns: 104px minmax(0, 1fr); } .verdict { font-weight: 600; }
.fail, .error { color: light-dark(#b3261e, #ff8a80); } .warn { color: light-dark(#8a5a00, #ffb84d); } .pass { color: light-dark(#1b6e3c, #6fd08f); }
summary { cursor: pointer; color: var(--muted); margin-top: 8px; } .picture { margin: 8px 0; max-width: 100%; height: auto; min-width: min(100%, 640px); }
.picture rect { fill: var(--soft); stroke: var(--line); } .picture path { fill: none; stroke: var(--muted); stroke-width: 1.3; } .picture .left { stroke-dasharray: 4 3; }
.picture text { font: 11px system-ui, sans-serif; fill: var(--muted); } .picture .name { font: 600 12.5px system-ui, sans-serif; fill: CanvasText; }
@media (max-width: 800px) { body { display: block; } nav { position: static; height: auto; border-right: 0; } }
@media print { nav { display: none; } body { display: block; } }`;

/** The search box: shows the sections that hold the word, and their lines in the list of contents. */
export const script = `
const box = document.querySelector('input');
const sections = [...document.querySelectorAll('section')];
box.addEventListener('input', () => {
  const word = box.value.trim().toLowerCase();
  let shown = 0;
  for (const section of sections) {
    const fits = section.textContent.toLowerCase().includes(word);
    section.hidden = !fits;
    if (fits) shown++;
    for (const link of document.querySelectorAll('nav a')) {
      if (link.hash === '#' + section.id) link.parentElement.hidden = !fits;
    }
  }
  document.getElementById('nothing').hidden = shown > 0 || sections.length === 0;
});`;
