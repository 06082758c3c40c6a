"use client";

import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { sorting } from "@/components/ui/table-order";
import type { ItemView } from "@/lib/closing/queries/closing";
import { BENEFIT_LABELS, ITEM_LABELS, isSettled, PARTY_LABELS } from "@/lib/closing/rules/checklist";
import { formatDay } from "@/lib/format";
import type { ChecklistProps } from "./checklist";
import { ITEM_LEVELS } from "./closing-words";
import { ItemDeeds } from "./item-deeds";
import type { ItemKey, ItemOrder } from "./item-order";

type GroupProps = ChecklistProps & {
  title: string;
  items: readonly ItemView[];
  order: ItemOrder;
  setOrder: (order: ItemOrder) => void;
  chosen: readonly string[];
  toggle: (id: string) => void;
};

/** The same in every group, so that the columns of all stand below each other; the item has the rest. */
const WIDTHS: Readonly<Partial<Record<ItemKey, string>>> = {
  ...{ party: "w-36", due: "w-28", state: "w-32", slack: "w-16" },
};

/** One group of the checklist. */
export function ChecklistGroup(props: GroupProps) {
  const { title, items, order, setOrder, mayEdit, chosen, toggle } = props;
  const head = (by: ItemKey, label: string) => (
    <TableHeadCell numeric={by === "slack"} {...sorting(order, by, setOrder)} className={WIDTHS[by]}>
      {label}
    </TableHeadCell>
  );
  return (
    <Table caption={title} showCaption>
      <TableHead>
        {head("title", "Item")}
        {head("party", "Responsible")}
        {head("due", "Due")}
        {head("state", "State")}
        {head("slack", "Slack")}
        {mayEdit ? <TableHeadCell className="w-56">Change</TableHeadCell> : null}
      </TableHead>
      <TableBody>
        {items.map((item) => (
          <TableRow key={item.id}>
            <TableRowHead className="min-w-52 py-1.5">
              {mayEdit ? (
                <label className="flex items-start gap-2">
                  <input
                    type="checkbox"
                    className="mt-0.5 size-4 shrink-0 touch:size-6"
                    checked={chosen.includes(item.id)}
                    onChange={() => toggle(item.id)}
                  />
                  <span>{item.task.title}</span>
                </label>
              ) : (
                item.task.title
              )}
              <ItemNotes {...props} item={item} />
            </TableRowHead>
            <TableCell>
              {PARTY_LABELS[item.task.party]}
              {item.task.person ? <span className="block text-sm">{item.task.person}</span> : null}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              {item.task.dueOn ? formatDay(item.task.dueOn) : ""}
              {item.overdue ? (
                <span className="block text-sm">
                  <Level level="critical" word="overdue" />
                </span>
              ) : null}
            </TableCell>
            <TableCell>
              <Level level={ITEM_LEVELS[item.state]} word={ITEM_LABELS[item.state].toLowerCase()} />
            </TableCell>
            <TableCell numeric>{item.slack ? <FigureValue figure={item.slack} /> : null}</TableCell>
            {mayEdit ? (
              <TableCell>
                {props.closing.released && item.task.group !== "post-closing" ? null : (
                  <ItemDeeds {...props} item={item} />
                )}
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Whose condition it is, what it waits for, who gave it up, and what it rests on. */
function ItemNotes({
  item,
  closing,
  documents,
  names,
}: Pick<GroupProps, "closing" | "documents" | "names"> & { item: ItemView }) {
  const { task, after, waivers, evidence, critical } = item;
  const waits = closing.items.filter((one) => after.includes(one.id) && !isSettled(one));
  const document = documents.find(({ id }) => id === evidence?.documentId);
  return (
    <div className="grid gap-0.5 text-sm font-normal text-muted empty:hidden">
      {task.condition || critical ? (
        <span className="flex flex-wrap gap-1">
          {task.condition ? <Badge>{`condition, ${BENEFIT_LABELS[task.condition].toLowerCase()}`}</Badge> : null}
          {critical ? <Badge>critical path</Badge> : null}
        </span>
      ) : null}
      {waits.length > 0 && !isSettled(item) ? (
        <span>Waits for {waits.map((one) => one.task.title).join("; ")}</span>
      ) : null}
      {waivers.map(({ side, on, reason, by }) => (
        <span key={side}>
          {`Waived by ${side === "ours" ? "us" : "the buyer"}, ${formatDay(on)}: ${reason} (${side === "ours" ? "by memo" : `recorded by ${names[by] ?? "the system"}`})`}
        </span>
      ))}
      {evidence ? (
        <span>{[document?.title, evidence.note, formatDay(evidence.on)].filter(Boolean).join(", ")}</span>
      ) : null}
    </div>
  );
}
