/** At the foot of a memo, on a phone fixed at the thumb, above the navigation. */
export const BAR_STYLE =
  "sticky bottom-0 z-20 flex flex-wrap items-center gap-2 border-t border-edge bg-paper py-2 max-md:fixed max-md:flex-nowrap max-md:gap-1 max-md:inset-x-0 max-md:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] max-md:px-2";

export function showEvidence(): void {
  const evidence = document.getElementById("evidence");
  evidence?.scrollIntoView({ block: "start" });
  evidence?.focus({ preventScroll: true });
}
