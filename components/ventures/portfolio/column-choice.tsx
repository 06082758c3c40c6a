"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import {
  COLUMN_KEYS,
  COLUMN_NAMES,
  type ColumnKey,
  PLAIN_COLUMNS,
  type PortfolioView,
} from "@/lib/reports/schema/portfolio";
import { hrefOf } from "@/lib/reports/schema/portfolio-view";
import { moved } from "./moved";

/** Which columns there are, and in which order; those that are not shown stand last. */
export function ColumnChoice({ path, view }: { path: string; view: PortfolioView }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [columns, setColumns] = useState<readonly ColumnKey[]>(view.columns);
  const others = COLUMN_KEYS.filter((key) => !columns.includes(key));
  function show() {
    setOpen(false);
    router.push(hrefOf(path, view, { columns }), { scroll: false });
  }
  const tick = (key: ColumnKey, on: boolean) =>
    setColumns(on ? [...columns, key] : columns.filter((column) => column !== key));
  return (
    <Dialog
      title="Columns"
      description="From top to bottom as they stand from left to right. The name is always first, the age of the data last."
      trigger={<Button variant="bare">Columns</Button>}
      open={open}
      onOpenChange={setOpen}
    >
      <ul className="mb-4">
        {[...columns, ...others].map((key) => {
          const at = columns.indexOf(key);
          return (
            <li key={key} className="flex items-center justify-between gap-2 border-b border-line">
              <Checkbox
                label={COLUMN_NAMES[key]}
                checked={at >= 0}
                disabled={at >= 0 && columns.length === 1}
                onChange={(event) => tick(key, event.target.checked)}
              />
              {at >= 0 ? (
                <span className="flex">
                  <Move
                    label={`${COLUMN_NAMES[key]} to the left`}
                    off={at === 0}
                    onClick={() => setColumns(moved(columns, at, -1))}
                  >
                    ↑
                  </Move>
                  <Move
                    label={`${COLUMN_NAMES[key]} to the right`}
                    off={at === columns.length - 1}
                    onClick={() => setColumns(moved(columns, at, 1))}
                  >
                    ↓
                  </Move>
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => setColumns(PLAIN_COLUMNS)}>As they were made</Button>
        <Button variant="primary" onClick={show}>
          Show these
        </Button>
      </div>
    </Dialog>
  );
}

type MoveProps = { label: string; off: boolean; onClick: () => void; children: string };

const Move = ({ label, off, onClick, children }: MoveProps) => (
  <Button variant="bare" aria-label={label} disabled={off} onClick={onClick}>
    {children}
  </Button>
);
