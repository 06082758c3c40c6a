import type { ReactNode } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/link";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import type { RoomHead } from "@/lib/data-room/queries";
import { DEAL_WORDS } from "@/lib/data-room/schema";
import type { FigureView } from "@/lib/figures/schema";

type RoomHeaderProps = { head: RoomHead; path: string; views?: Record<string, FigureView>; actions?: ReactNode };

const PARTS: readonly { part: string; label: string; waiting?: keyof RoomHead["waiting"] }[] = [
  { part: "", label: "Index" },
  { part: "/requests", label: "Requests", waiting: "requests" },
  { part: "/findings", label: "Findings", waiting: "findings" },
  { part: "/guests", label: "Guests" },
  { part: "/questions", label: "Questions", waiting: "questions" },
  { part: "/engagement", label: "Engagement" },
  { part: "/archives", label: "Frozen states" },
];

export function RoomHeader({ head, path, views, actions }: RoomHeaderProps) {
  const tabs = PARTS.map(({ part, label, waiting }) => {
    const open = waiting ? head.waiting[waiting] : 0;
    return { href: `${path}${part}`, label: open > 0 ? `${label} (${open})` : label };
  });
  return (
    <>
      <PageHeader
        trail={<TextLink href={`${path.slice(0, path.lastIndexOf("/"))}?all`}>All rooms</TextLink>}
        title={
          <>
            Data room <Badge>{DEAL_WORDS[head.dealType]}</Badge>{" "}
            {head.status === "frozen" ? <Badge>frozen</Badge> : null}
          </>
        }
        lead={views ? <Standing head={head} views={views} /> : undefined}
        actions={actions}
      />
      <div className="mb-6">
        <LinkTabs label="Data room" tabs={tabs} />
      </div>
    </>
  );
}

/** How far it is, and what the open findings take off the price, where there are any. */
function Standing({ head, views }: { head: RoomHead; views: Record<string, FigureView> }) {
  const { room, "price-effect": effect } = views;
  if (!room) return null;
  return (
    <>
      <FigureValue figure={room} /> of what this deal needs is there
      {effect && head.waiting.findings > 0 ? (
        <>
          ; open findings take off <FigureValue figure={effect} />
        </>
      ) : null}
      .
    </>
  );
}
