"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/radio-group";
import { openRoom } from "@/lib/data-room/actions";
import { DEAL_TYPES, DEAL_WORDS, type DealType } from "@/lib/data-room/schema";
import { Problem } from "../problem";
import { useSend } from "../use-send";

type OpenRoomProps = { ventureId: string; path: string; taken: readonly DealType[] };

/** A room for one kind of deal; its index asks for what that deal needs. */
export function OpenRoom({ ventureId, path, taken }: OpenRoomProps) {
  const router = useRouter();
  const free = DEAL_TYPES.filter((deal) => !taken.includes(deal));
  const [deal, setDeal] = useState<DealType>(free[0] ?? "share-sale");
  const { busy, problem, send } = useSend();
  async function open() {
    if (await send(() => openRoom({ ventureId, dealType: deal }), "The room is open.")) router.push(`${path}/${deal}`);
  }
  if (free.length === 0) return null;
  return (
    <div className="grid justify-items-start gap-4">
      <RadioGroup
        name="deal"
        legend="What is sold"
        value={deal}
        onChange={(value) => setDeal(free.find((one) => one === value) ?? deal)}
        options={free.map((one) => ({ value: one, label: DEAL_WORDS[one] }))}
      />
      <Button variant="primary" busy={busy} onClick={open}>
        Open the room
      </Button>
      <Problem text={problem} />
    </div>
  );
}
