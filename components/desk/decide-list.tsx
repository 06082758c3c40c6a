import { AppLink } from "@/components/ui/app-link";
import { classNames } from "@/components/ui/class-names";

export type DecideItem = {
  id: string;
  title: string;
  venture: string;
  reversible: boolean;
  /** As a person says it: "today", "Tue", "overdue". */
  due: string;
  /** "€28.4 M"; null when nothing was put into money. */
  atStake: string | null;
  /** "waits for an answer", where it is not simply open. */
  status: string | null;
};

/** What needs a decision: the whole line is the link. On a phone, two lines each. */
export function DecideList({ items }: { items: readonly DecideItem[] }) {
  return (
    <ol>
      {items.map((item) => (
        <li key={item.id} className="border-b border-line">
          <AppLink
            href={`/inbox/${item.id}`}
            data-list-item
            className={classNames(
              "grid grid-cols-[1fr_auto] gap-x-4 border-l-3 py-2 pl-3 hover:bg-wash md:grid-cols-[1fr_9rem_5.5rem_6.5rem] md:items-baseline",
              item.due === "today" || item.due === "overdue" ? "border-accent" : "border-transparent",
            )}
          >
            <span className="col-span-2 md:col-span-1">
              <span className="font-medium">{item.title}</span> <span className="text-muted">— {item.venture}</span>
              {item.status ? <span className="text-muted">, {item.status}</span> : null}
            </span>
            <span className="text-sm text-muted md:text-base">{item.reversible ? "reversible" : "irreversible"}</span>
            <span className="row-start-3 text-sm text-muted md:row-start-auto md:text-right md:text-base md:text-ink">
              {item.due}
            </span>
            <span className="row-span-2 row-start-2 self-center text-right font-medium md:row-span-1 md:row-start-auto">
              {item.atStake ?? "–"}
            </span>
          </AppLink>
        </li>
      ))}
    </ol>
  );
}
