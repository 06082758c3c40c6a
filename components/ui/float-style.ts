/** Only what floats has a shadow. */
export const FLOAT_STYLE = "z-50 rounded-md border border-line bg-raised text-ink shadow-float animate-appear";
export const OVERLAY_STYLE = "fixed inset-0 z-40 bg-[oklch(0.2_0.02_260/0.35)] animate-appear";
/** A sheet at the thumb on a phone, a centred box elsewhere. */
export const SHEET_STYLE =
  "fixed inset-x-0 bottom-0 max-h-[88dvh] overflow-auto p-5 sm:inset-x-auto sm:top-[12vh] sm:bottom-auto sm:left-1/2 " +
  "sm:w-[min(36rem,calc(100vw-2rem))] sm:max-h-[76vh] sm:-translate-x-1/2";
