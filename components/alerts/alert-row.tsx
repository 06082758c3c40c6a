"use client";

import { AlertNote } from "@/components/desk/alert-note";
import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Level, type LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { AlertLine } from "./alert-view";

const TONES: Readonly<Record<string, LevelName>> = { critical: "critical", warning: "warning" };

export type AlertDeed = "snooze" | "mute" | "wake" | "unmute" | "risk";
type AlertRowProps = {
  alert: AlertLine;
  mayNote: boolean;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
  onDo: (deed: AlertDeed) => void;
};

const nameOf = ({ venture, title }: AlertLine): string => (venture ? `${venture.name}, ${title}` : title);

/** One standing alert: what, since when, who cares for it, and what can be done. */
export function AlertRow({ alert, mayNote, chosen, onChoose, onDo }: AlertRowProps) {
  const { id, severity, title, detail, venture, figure, href, state, noted, care, raised, raisedAt, risks } = alert;
  const mayChoose = mayNote && state === "open";
  return (
    <li
      id={`alert-${id}`}
      data-alert={id}
      className="flex flex-wrap gap-x-2 gap-y-1 border-b border-line py-2 target:bg-selected"
    >
      {mayNote ? (
        <input
          type="checkbox"
          aria-label={`Choose: ${nameOf(alert)}`}
          checked={chosen && mayChoose}
          disabled={!mayChoose}
          onChange={(event) => onChoose(event.target.checked)}
          className="mt-1 size-4 shrink-0 touch:size-6"
        />
      ) : null}
      <Level level={TONES[severity] ?? "unknown"} word={severity} markOnly />
      <div className="min-w-0 flex-1 basis-52">
        <p>
          {venture ? (
            <>
              <TextLink href={`/ventures/${venture.slug}`} quiet data-list-item className="font-medium">
                {venture.name}
              </TextLink>
              {": "}
            </>
          ) : null}
          {href ? (
            <TextLink href={href} quiet>
              {title}
            </TextLink>
          ) : (
            title
          )}
          {figure ? (
            <>
              {" "}
              <FigureValue figure={figure} />
            </>
          ) : null}{" "}
          {state === "snoozed" || state === "muted" ? <Badge>{state === "muted" ? "muted" : "put off"}</Badge> : null}
        </p>
        {detail ? <p className="line-clamp-2 text-sm text-muted">{detail}</p> : null}
        <p className="text-sm text-muted">
          Since {raised}
          {care ? `. ${care}` : ""}
          {risks > 0 ? (
            <>
              {". "}
              <TextLink href="/alerts/risks">On the risk list</TextLink>
            </>
          ) : null}
        </p>
      </div>
      {mayNote ? (
        <span className="flex items-start gap-2 self-start" data-print="none">
          <AlertNote alertId={id} raisedAt={raisedAt} title={nameOf(alert)} noted={noted} />
          <AlertMenu alert={alert} onDo={onDo} />
        </span>
      ) : null}
    </li>
  );
}

function AlertMenu({ alert, onDo }: { alert: AlertLine; onDo: (deed: AlertDeed) => void }) {
  const { state } = alert;
  return (
    <Menu
      trigger={
        <Button variant="bare" aria-label={`More for ${nameOf(alert)}`}>
          More
        </Button>
      }
    >
      {state === "snoozed" ? (
        <MenuItem onSelect={() => onDo("wake")}>Take it up again</MenuItem>
      ) : (
        <MenuItem onSelect={() => onDo("snooze")}>Put off…</MenuItem>
      )}
      {state === "muted" ? (
        <MenuItem onSelect={() => onDo("unmute")}>End the mute</MenuItem>
      ) : (
        <MenuItem onSelect={() => onDo("mute")}>Mute…</MenuItem>
      )}
      <MenuItem onSelect={() => onDo("risk")}>Open a risk…</MenuItem>
    </Menu>
  );
}
