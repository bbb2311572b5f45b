import type { ChartLook } from '../../shared/chart-spec.ts';
import { tokenColor } from '../styles/token-color.ts';

/**
 * Colours of names: the first told apart also by people who see colours otherwise (Okabe and Ito, darkened for contrast),
 * and so many that none comes twice, with null and the other names.
 */
const onLight = [
  ...['#2557c9', '#b35900', '#0b7a5b', '#9c3587', '#7a6000', '#1f7fa8', '#b4232c', '#5a6472'],
  ...['#6b3fd4', '#4d7c0f', '#8c4a2f', '#d61f84', '#00807a', '#262b33'],
];
const onDark = [
  ...['#7fa9ff', '#f0a35e', '#57c79f', '#e08fce', '#e0cc5a', '#7cc8ec', '#ff8a84', '#a7b0bd'],
  ...['#b79cff', '#b3d96b', '#c99a7d', '#ff6fae', '#4fd8de', '#f2f4f7'],
];

/** The window's colours as they are now. */
export function chartLook(): ChartLook {
  const background = tokenColor('--bg');
  const dark = Number.parseInt(background.slice(1, 3), 16) < 128;
  return {
    text: tokenColor('--text'),
    muted: tokenColor('--muted'),
    line: tokenColor('--line'),
    accent: tokenColor('--accent'),
    background,
    font: "'Inter Variable', system-ui, sans-serif",
    names: dark ? onDark : onLight,
  };
}
