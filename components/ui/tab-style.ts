export const TAB_STYLE =
  "target -mb-px inline-flex shrink-0 items-center border-b-2 border-transparent pt-1 pb-1.5 text-sm font-medium whitespace-nowrap text-muted " +
  "hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink data-[state=active]:border-accent data-[state=active]:text-ink";
