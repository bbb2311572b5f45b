import type { LucideIcon } from 'lucide-react';
import type { Problem } from '../../shared/problem.ts';
import type { Tone } from '../ui/badge.tsx';
import type { TabRef } from '../workspace/tabs.ts';

/** A sign with a count, and what it means in words. */
export interface Mark {
  readonly tone: Tone;
  readonly text: string;
  readonly says: string;
}

/** One object of the workspace, in the tree and in the palette. */
export interface ExplorerItem extends TabRef {
  readonly title: string;
  readonly icon: LucideIcon;
  /** A faint word at the right: rows, when it ran. */
  readonly aside?: string | undefined;
  /** What needs a look, worst first. */
  readonly marks?: readonly Mark[] | undefined;
}

/** Objects of one kind. */
export interface ExplorerGroup {
  readonly id: string;
  readonly title: string;
  /** The room in whose button's care they are. */
  readonly room: string;
  /** None while they are read. */
  readonly items: readonly ExplorerItem[] | undefined;
  readonly problem?: Problem | undefined;
  /** What it says with nothing in it. */
  readonly none: string;
}
