import { create } from 'zustand';

type Name = 'palette' | 'shortcuts' | null;

/** Which of the frame's overlays is open, and whether what had the focus before gets it back when it closes. */
export const useOverlay = create<{ readonly open: Name; readonly goes: boolean }>(() => ({
  open: null,
  goes: false,
}));

/** Opens an overlay, or closes it; with `goes` the focus is on its way elsewhere. */
export const showOverlay = (open: Name, goes = false) => useOverlay.setState({ open, goes });
