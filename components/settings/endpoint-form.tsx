"use client";

import { useState } from "react";
import { ChangeForm } from "@/components/growth/change-form";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { openWayOut } from "@/lib/growth/actions/initiatives";
import { ShownOnce } from "./shown-once";
import { useChange } from "./use-change";

const EMPTY = { name: "", url: "", ventureId: "", kind: "webhook", tools: "", token: "" };
const KINDS = [
  { value: "webhook", label: "Webhook" },
  { value: "mcp", label: "MCP server" },
];

const INTRO = (
  <p className="prose-width text-muted">
    When the chairman approves an initiative, its title, budget and milestones can be sent to a task tracker or another
    system: as a signed webhook, or through the tools of its MCP server, each called once. The memo names every address
    and tool and what it is sent; nothing goes out without the chairman's approval.
  </p>
);

const toolsOf = (text: string): string[] => text.split(/[\s,]+/).filter((name) => name !== "");

/** A new way out. A webhook's secret is shown once; the token of a server is kept and never shown. */
export function EndpointForm({ ventures }: { ventures: readonly { id: string; name: string }[] }) {
  const [values, setValues] = useState(EMPTY);
  const [secret, setSecret] = useState<string | null>(null);
  const change = useChange();
  const set = (part: keyof typeof EMPTY) => (event: { target: { value: string } }) =>
    setValues({ ...values, [part]: event.target.value });
  const { name, url, kind, tools, token } = values;
  const isServer = kind === "mcp";
  async function add() {
    const shared = { name, url, ventureId: values.ventureId || null };
    const input = isServer
      ? { kind: "mcp" as const, ...shared, token, tools: toolsOf(tools) }
      : { kind: "webhook" as const, ...shared };
    const made = await change.run(() => openWayOut(input), "The address is kept.");
    if (!made) return;
    setSecret(made.value.secret);
    setValues({ ...EMPTY, kind });
  }
  const outcome = secret ? (
    <ShownOnce
      what="The secret with which each call is signed (HMAC-SHA256 of “time.body”). Give it to the receiver."
      secret={secret}
      onDone={() => setSecret(null)}
    />
  ) : null;
  return (
    <ChangeForm
      label="Add an address"
      button="Add the address"
      change={change}
      onSubmit={add}
      intro={INTRO}
      outcome={outcome}
    >
      <Field label="Kind">
        {(control) => <Select {...control} options={KINDS} value={kind} onChange={set("kind")} />}
      </Field>
      <Field label="Name" required>
        {(control) => <TextInput {...control} maxLength={80} value={name} onChange={set("name")} />}
      </Field>
      <Field label="Address" required className="min-w-0 flex-1 basis-72">
        {(control) => (
          <TextInput
            {...control}
            type="url"
            maxLength={500}
            placeholder={isServer ? "https://tracker.example/mcp" : "https://tracker.example/hooks/chairman"}
            value={url}
            onChange={set("url")}
          />
        )}
      </Field>
      {isServer ? <ServerFields tools={tools} token={token} set={set} /> : null}
      <Field label="For">
        {(control) => (
          <Select
            {...control}
            placeholder="Every venture"
            options={ventures.map(({ id, name: label }) => ({ value: id, label }))}
            value={values.ventureId}
            onChange={set("ventureId")}
          />
        )}
      </Field>
    </ChangeForm>
  );
}

type ServerFieldsProps = {
  tools: string;
  token: string;
  set: (part: "tools" | "token") => (event: { target: { value: string } }) => void;
};

function ServerFields({ tools, token, set }: ServerFieldsProps) {
  return (
    <>
      <Field label="Tools that may be called" required className="min-w-0 flex-1 basis-60">
        {(control) => (
          <TextInput {...control} maxLength={600} placeholder="create_issue" value={tools} onChange={set("tools")} />
        )}
      </Field>
      <Field label="Token" className="min-w-0 flex-1 basis-60">
        {(control) => (
          <TextInput
            {...control}
            type="password"
            autoComplete="off"
            maxLength={4000}
            value={token}
            onChange={set("token")}
          />
        )}
      </Field>
    </>
  );
}
