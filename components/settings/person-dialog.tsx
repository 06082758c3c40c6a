"use client";

import { useEffect, useState } from "react";
import { Problem } from "@/components/auth/problem";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import {
  changeRole,
  disablePerson,
  enablePerson,
  endSessionsOf,
  resetSecondFactor,
  sendNewLink,
} from "@/lib/auth/actions";
import type { Role } from "@/lib/auth/permissions";
import { type GrantableVenture, GrantForm } from "./grant-form";
import { invitationLink } from "./invitation-link";
import type { PersonLine } from "./people-table";
import { ShownOnce } from "./shown-once";
import { useChange } from "./use-change";

type PersonDialogProps = {
  person: PersonLine | null;
  roles: readonly string[];
  ventures: readonly GrantableVenture[];
  onClose: () => void;
};

export function PersonDialog({ person, roles, ventures, onClose }: PersonDialogProps) {
  return (
    <Dialog
      open={person !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={person?.name ?? ""}
      description={person?.email}
    >
      {person ? (
        <div className="grid gap-5">
          <PersonChanges key={person.id} person={person} roles={roles} />
          {person.state === "disabled" ? null : (
            <GrantForm key={`${person.id} ${person.grants.join()}`} person={person} ventures={ventures} />
          )}
        </div>
      ) : null}
    </Dialog>
  );
}

function PersonChanges({ person, roles }: { person: PersonLine; roles: readonly string[] }) {
  const [role, setRole] = useState(person.role);
  const [link, setLink] = useState<string | null>(null);
  const { busy, refusal, run, dialog } = useChange();
  const userId = person.id;
  const { name } = person;
  useEffect(() => setRole(person.role), [person.role]);

  async function newLink() {
    const sent = await run(() => sendNewLink({ userId }));
    if (sent) setLink(invitationLink(sent.value.token));
  }

  if (person.state === "disabled") {
    return (
      <div className="grid grid-cols-1 gap-4">
        <Problem code={refusal} />
        <p className="prose-width text-muted">This account is disabled: it cannot sign in, and its sessions ended.</p>
        <div>
          <Button busy={busy} onClick={() => run(() => enablePerson({ userId }), `${name} can sign in again.`)}>
            Enable the account
          </Button>
        </div>
        {dialog}
      </div>
    );
  }
  return (
    <div className="grid gap-5">
      <Problem code={refusal} />
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Role" hint="A change ends every session of this person at once.">
          {(control) => (
            <Select
              {...control}
              className="capitalize"
              options={roles.map((value) => ({ value, label: value }))}
              value={role}
              onChange={(event) => setRole(event.target.value)}
            />
          )}
        </Field>
        <Button
          busy={busy}
          disabled={role === person.role}
          onClick={() => run(() => changeRole({ userId, role: role as Role }), `${name} is now ${role}.`)}
        >
          Change the role
        </Button>
      </div>
      {link ? (
        <ShownOnce
          what={`Give this link to ${name}. It works once, for three days.`}
          secret={link}
          onDone={() => setLink(null)}
        />
      ) : null}
      <div className="flex flex-wrap gap-2 border-t border-line pt-4">
        <Button busy={busy} onClick={newLink}>
          New one-time link
        </Button>
        <Button busy={busy} onClick={() => run(() => endSessionsOf({ userId }), `Every session of ${name} ended.`)}>
          End all sessions
        </Button>
        {person.secondFactor ? (
          <Button
            busy={busy}
            onClick={() => run(() => resetSecondFactor({ userId }), `The second factor of ${name} is removed.`)}
          >
            Reset the second factor
          </Button>
        ) : null}
        <Button
          variant="danger"
          busy={busy}
          onClick={() => run(() => disablePerson({ userId }), `${name} is disabled and signed out.`)}
        >
          Disable the account
        </Button>
      </div>
      {dialog}
    </div>
  );
}
