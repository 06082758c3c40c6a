"use client";

import { type FormEvent, useState } from "react";
import { Problem } from "@/components/auth/problem";
import { SecretForm, SecretSubmit } from "@/components/auth/secret-form";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { invitePerson } from "@/lib/auth/actions";
import type { Role } from "@/lib/auth/permissions";
import { invitationLink } from "./invitation-link";
import { ShownOnce } from "./shown-once";
import { useChange } from "./use-change";

const EMPTY = { name: "", email: "", role: "analyst" };

export function InviteForm({ roles }: { roles: readonly string[] }) {
  const [person, setPerson] = useState(EMPTY);
  const [invited, setInvited] = useState<{ name: string; link: string } | null>(null);
  const { busy, refusal, run, dialog } = useChange();
  const set = (change: Partial<typeof EMPTY>) => setPerson({ ...person, ...change });

  async function submit(event: FormEvent) {
    event.preventDefault();
    const made = await run(() => invitePerson({ ...person, role: person.role as Role }));
    if (!made) return;
    setInvited({ name: person.name, link: invitationLink(made.value.token) });
    setPerson(EMPTY);
  }

  return (
    <div className="grid grid-cols-1 gap-4">
      <Problem code={refusal} />
      {invited ? (
        <ShownOnce
          what={`Give this link to ${invited.name}. It works once, for three days, and asks for a password.`}
          secret={invited.link}
          onDone={() => setInvited(null)}
        />
      ) : null}
      <SecretForm onSubmit={submit} className="flex flex-wrap items-end gap-3" aria-label="Invite somebody">
        <Field label="Name" className="min-w-48 flex-1">
          {(control) => (
            <TextInput
              {...control}
              required
              maxLength={120}
              value={person.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="E-mail" className="min-w-60 flex-1">
          {(control) => (
            <TextInput
              {...control}
              type="email"
              required
              value={person.email}
              onChange={(event) => set({ email: event.target.value })}
            />
          )}
        </Field>
        <Field label="Role">
          {(control) => (
            <Select
              {...control}
              className="capitalize"
              options={roles.map((value) => ({ value, label: value }))}
              value={person.role}
              onChange={(event) => set({ role: event.target.value })}
            />
          )}
        </Field>
        <SecretSubmit variant="primary" busy={busy}>
          Invite
        </SecretSubmit>
      </SecretForm>
      {dialog}
    </div>
  );
}
