/** One look for everything that is typed into or chosen from. */
export const CONTROL_STYLE =
  "w-full rounded-md border border-edge bg-raised h-8 px-2.5 py-1 text-base text-ink placeholder:text-muted target touch:text-lg " +
  "aria-invalid:border-critical aria-invalid:border-2 disabled:bg-wash disabled:text-muted [&[readonly]]:bg-wash";
