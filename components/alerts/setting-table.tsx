"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { Level, type LevelName } from "@/components/ui/level";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { setSetting } from "@/lib/stage/actions/alerts";
import type { AlertSeverity } from "@/lib/stage/schema";
import { CHANNELS, type Channel, NEVER_MAILED, SEVERITIES } from "@/lib/stage/schema/alert-care";

export type SettingLine = {
  kind: string;
  label: string;
  severity: AlertSeverity;
  channels: readonly Channel[];
  version: number;
  own: boolean;
};

const WORDS: Readonly<Record<Channel, string>> = {
  dashboard: "Dashboard",
  inbox: "Inbox",
  email: "E-mail",
  digest: "Digest",
};
const TONES: Readonly<Record<AlertSeverity, LevelName>> = { critical: "critical", warning: "warning", info: "unknown" };
const SEVERITY_OPTIONS = SEVERITIES.map((value) => ({ value, label: value }));

/** How grave each kind is, and where it is told. */
export function SettingTable({ settings, mayChange }: { settings: readonly SettingLine[]; mayChange: boolean }) {
  return (
    <Table caption="Alerts by kind">
      <TableHead>
        <TableHeadCell>Alert</TableHeadCell>
        <TableHeadCell>Severity</TableHeadCell>
        {CHANNELS.map((channel) => (
          <TableHeadCell key={channel}>{WORDS[channel]}</TableHeadCell>
        ))}
        {mayChange ? (
          <TableHeadCell>
            <span className="sr-only">Change</span>
          </TableHeadCell>
        ) : null}
      </TableHead>
      <TableBody>
        {settings.map((setting) => (
          <SettingRow key={`${setting.kind} ${setting.version}`} setting={setting} mayChange={mayChange} />
        ))}
      </TableBody>
    </Table>
  );
}

function SettingRow({ setting, mayChange }: { setting: SettingLine; mayChange: boolean }) {
  const { kind, label, version, own } = setting;
  const [severity, setSeverity] = useState(setting.severity);
  const [channels, setChannels] = useState<readonly Channel[]>(setting.channels);
  const { busy, refusal, run, dialog } = useChange();
  const changed =
    severity !== setting.severity || CHANNELS.some((one) => channels.includes(one) !== setting.channels.includes(one));
  const toggle = (channel: Channel, on: boolean) =>
    setChannels(on ? [...channels, channel] : channels.filter((one) => one !== channel));
  return (
    <TableRow>
      <TableRowHead className="min-w-52">
        {label}
        <span className="block text-sm font-normal text-muted">
          {own ? "as the house has it" : "set by the chairman"}
        </span>
        {refusal ? (
          <span role="alert" className="block text-sm font-medium text-critical-text">
            {errorSentence(refusal)}
          </span>
        ) : null}
      </TableRowHead>
      <TableCell>
        {mayChange ? (
          <Select
            aria-label={`Severity: ${label}`}
            options={SEVERITY_OPTIONS}
            value={severity}
            onChange={(event) => setSeverity(event.target.value as AlertSeverity)}
          />
        ) : (
          <Level level={TONES[severity]} word={severity} />
        )}
      </TableCell>
      {CHANNELS.map((channel) => (
        <TableCell key={channel}>
          <input
            type="checkbox"
            aria-label={`${WORDS[channel]}: ${label}`}
            className="size-4 touch:size-6"
            checked={channels.includes(channel)}
            disabled={!mayChange || (channel === "email" && NEVER_MAILED.includes(kind))}
            onChange={(event) => toggle(channel, event.target.checked)}
          />
        </TableCell>
      ))}
      {mayChange ? (
        <TableCell className="text-right">
          {changed ? (
            <Button
              busy={busy}
              aria-label={`Keep: ${label}`}
              onClick={() => run(() => setSetting({ kind, version, severity, channels: [...channels] }), "Kept.")}
            >
              Keep
            </Button>
          ) : null}
          {dialog}
        </TableCell>
      ) : null}
    </TableRow>
  );
}
