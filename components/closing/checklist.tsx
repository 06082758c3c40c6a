"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ChoiceField } from "@/components/ui/choice-field";
import { SearchField } from "@/components/ui/search-field";
import type { ClosingPage, ClosingView } from "@/lib/closing/queries/closing";
import { GROUP_LABELS, PARTY_LABELS } from "@/lib/closing/rules/checklist";
import { GROUPS, PARTIES } from "@/lib/closing/schema";
import { plural } from "@/lib/format";
import { BulkState } from "./bulk-state";
import { ChecklistGroup } from "./checklist-group";
import { ItemDialog } from "./item-dialog";
import { type ItemOrder, inItemOrder, isShownItem, SHOW } from "./item-order";

export type ChecklistProps = {
  closing: ClosingView;
  documents: ClosingPage["documents"];
  names: ClosingPage["names"];
  today: string;
  mayEdit: boolean;
  mayAsk: boolean;
};

/** What has to be done, by group; found, narrowed, sorted, and settled several at once. */
export function Checklist(props: ChecklistProps) {
  const { closing, documents, today, mayEdit } = props;
  const [filter, setFilter] = useState({ text: "", show: "", party: "" });
  const [order, setOrder] = useState<ItemOrder>({ by: "ordinal", descending: false });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const shown = inItemOrder(
    closing.items.filter((item) => isShownItem(item, filter)),
    order,
  );
  const picked = closing.items.filter(({ id }) => chosen.includes(id));
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const set = (key: keyof typeof filter) => (value: string) => setFilter({ ...filter, [key]: value });
  return (
    <div className="grid gap-4 *:min-w-0">
      <search className="flex flex-wrap items-end gap-3">
        <SearchField value={filter.text} onChange={set("text")} />
        <ChoiceField label="Show" all="Everything" options={SHOW} value={filter.show} onChange={set("show")} />
        <ChoiceField
          label="Responsible"
          all="Everybody"
          options={PARTIES.map((value) => ({ value, label: PARTY_LABELS[value] }))}
          value={filter.party}
          onChange={set("party")}
        />
        {mayEdit ? <ItemDialog closing={closing} item={null} trigger={<Button>Add an item</Button>} /> : null}
      </search>
      <p role="status" className="text-sm text-muted">
        {`${plural(shown.length, "item")} of ${closing.items.length}`}
      </p>
      {picked.length > 0 ? <BulkState {...{ closing, picked, documents, today }} onDone={() => setChosen([])} /> : null}
      {GROUPS.map((group) => {
        const items = shown.filter(({ task }) => task.group === group);
        if (items.length === 0) return null;
        return (
          <ChecklistGroup
            {...{ ...props, items, order, setOrder, chosen, toggle }}
            key={group}
            title={GROUP_LABELS[group]}
          />
        );
      })}
      {shown.length === 0 ? <p className="py-2 text-muted">Nothing is like that.</p> : null}
    </div>
  );
}
