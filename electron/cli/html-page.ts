import { escaped } from '../../shared/html.ts';

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 18%, Canvas); --muted: color-mix(in srgb, CanvasText 65%, Canvas); }
body { font: 14px/1.5 system-ui, sans-serif; max-width: 980px; margin: 32px auto; padding: 0 16px; }
h1 { font-size: 20px; } h2 { font-size: 16px; margin-top: 32px; }
article { border-top: 1px solid var(--line); padding: 10px 0; }
article h3 { font-size: 14px; margin: 0; } p { margin: 2px 0; } .muted { color: var(--muted); font-size: 12px; }
table { border-collapse: collapse; font-size: 12px; margin: 6px 0; } td, th { border: 1px solid var(--line); padding: 2px 8px; text-align: left; }
.verdict { display: inline-block; min-width: 110px; font-weight: 600; } .fail, .error { color: light-dark(#b3261e, #ff8a80); }
.warn { color: light-dark(#8a5a00, #ffb84d); } .pass { color: light-dark(#1b6e3c, #6fd08f); }
.broken { background: color-mix(in srgb, light-dark(#b3261e, #ff8a80) 16%, Canvas); font-weight: 600; }
pre { white-space: pre-wrap; font-size: 12px; } svg { vertical-align: middle; } polyline { fill: none; stroke: currentColor; stroke-width: 1.5; }
rect { fill: light-dark(#3b6fd4, #8ab0ff); }`;

/** One page that needs no network: everything it shows is in it, and nothing in it can run. */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${style}</style></head>
<body>${body}</body></html>
`;
