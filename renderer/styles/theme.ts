import { create } from 'zustand';
import { bridge } from '../bridge.ts';

/** What a person chooses of the look; kept on this machine, not in the workspace. */
export interface Look {
  readonly theme: 'light' | 'dark' | 'system';
  readonly density: 'comfortable' | 'dense';
  readonly accent: (typeof accents)[number];
}

/** The accents offered. */
export const accents = ['blue', 'teal', 'violet', 'rose', 'amber', 'graphite'] as const;

const place = 'assay.look';
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const standard: Look = { theme: 'system', density: 'comfortable', accent: 'blue' };

function remembered(): Look {
  try {
    return { ...standard, ...JSON.parse(localStorage.getItem(place) ?? '{}') };
  } catch {
    return standard;
  }
}

const schemeOf = ({ theme }: Look) => (theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme);

interface LookState extends Look {
  /** What the theme comes to now. */
  readonly scheme: 'light' | 'dark';
}

/** The look as it is now; `scheme` is light or dark whatever the system says. */
export const useLook = create<LookState>(() => {
  const look = remembered();
  return { ...look, scheme: schemeOf(look) };
});

function paint({ theme, density, accent }: Look) {
  const root = document.documentElement.dataset;
  if (theme === 'system') delete root['theme'];
  else root['theme'] = theme;
  root['density'] = density;
  root['accent'] = accent;
}

/** Changes the look and remembers it. */
export function setLook(change: Partial<Look>) {
  const { theme, density, accent } = { ...useLook.getState(), ...change };
  const look: Look = { theme, density, accent };
  localStorage.setItem(place, JSON.stringify(look));
  paint(look);
  useLook.setState({ ...look, scheme: schemeOf(look) });
  if (change.theme) void bridge.setTheme(theme);
}

/** Paints the remembered look before the first render and follows the system. */
export function startLook() {
  const look = useLook.getState();
  paint(look);
  if (look.theme !== 'system') void bridge.setTheme(look.theme);
  dark.addEventListener('change', () => useLook.setState((look) => ({ scheme: schemeOf(look) })));
}

/** Row height in pixels, for lists and grids that place their rows themselves. */
export const useRowHeight = () => useLook(({ density }) => (density === 'dense' ? 22 : 26));
