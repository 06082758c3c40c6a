import { AppLink } from "@/components/ui/app-link";

export type SoonLine = {
  id: string;
  /** "Closing with Alder AG", "The offer of Oxbow ends". */
  what: string;
  venture: string;
  href: string;
  /** As a person says it: "today", "Fri", "22 Jan". */
  day: string;
  /** What is wrong with it, in a few words. */
  note: string | null;
};

/** What closes or ends next: the whole line is the link. */
export function SoonList({ lines }: { lines: readonly SoonLine[] }) {
  if (lines.length === 0) return <p className="py-2 text-muted">Nothing closes or ends in the next ten weeks.</p>;
  return (
    <ol>
      {lines.map(({ id, what, venture, href, day, note }) => (
        <li key={id} className="border-b border-line">
          <AppLink href={href} data-list-item className="flex items-baseline justify-between gap-4 py-2 hover:bg-wash">
            <span className="min-w-0">
              <span className="font-medium">{what}</span> <span className="text-muted">— {venture}</span>
              {note ? <span className="text-critical-text">, {note}</span> : null}
            </span>
            <span className="shrink-0 text-right">{day}</span>
          </AppLink>
        </li>
      ))}
    </ol>
  );
}
