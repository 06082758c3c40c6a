"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import type { ReactNode } from "react";
import { ListKeys } from "@/components/shell/list-keys";
import { classNames } from "@/components/ui/class-names";

/** The list with the memo beside it; on a phone one after the other. */
export function InboxFrame({ list, children }: { list: ReactNode; children: ReactNode }) {
  const open = useSelectedLayoutSegment() !== null;
  return (
    <div className="grid gap-x-8 lg:grid-cols-[22.5rem_minmax(0,1fr)] print:block">
      <ListKeys up={open ? "/inbox" : "/"} className={classNames("min-w-0", open && "max-lg:hidden print:hidden")}>
        {open ? null : <h1 className="sr-only lg:hidden">Inbox</h1>}
        {list}
      </ListKeys>
      <div className={classNames("min-w-0", !open && "max-lg:hidden")}>{children}</div>
    </div>
  );
}
