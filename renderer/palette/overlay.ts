import { create } from 'zustand';

/** Which of the frame's overlays is open. */
export const useOverlay = create<{ readonly open: 'palette' | 'shortcuts' | null }>(() => ({ open: null }));

/** Opens an overlay, or closes it. */
export const showOverlay = (open: 'palette' | 'shortcuts' | null) => useOverlay.setState({ open });
