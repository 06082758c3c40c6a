"use client";

import { useState } from "react";
import { ExportMenu } from "@/components/reports/export-menu";
import { Button } from "@/components/ui/button";
import { Level, type LevelName } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { GrantableVenture } from "./grant-form";
import { PersonDialog } from "./person-dialog";

export type PersonLine = {
  id: string;
  name: string;
  email: string;
  role: string;
  state: "active" | "invited" | "disabled";
  demo: boolean;
  secondFactor: boolean;
  sessions: number;
  lastSeen: string;
  manageable: boolean;
  seesAll: boolean;
  /** Ids of the ventures granted. */
  grants: readonly string[];
  /** "all", "2 ventures", "none". */
  sees: string;
};

const STATES: Readonly<Record<PersonLine["state"], LevelName>> = {
  active: "healthy",
  invited: "unknown",
  disabled: "warning",
};

type PeopleTableProps = {
  people: readonly PersonLine[];
  roles: readonly string[];
  ventures: readonly GrantableVenture[];
};

export function PeopleTable({ people, roles, ventures }: PeopleTableProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const person = people.find((one) => one.id === chosen) ?? null;
  return (
    <>
      <Table caption="People" tools={<ExportMenu table="people" of="the people" />}>
        <TableHead>
          <TableHeadCell>Name</TableHeadCell>
          <TableHeadCell>E-mail</TableHeadCell>
          <TableHeadCell>Role</TableHeadCell>
          <TableHeadCell>Ventures</TableHeadCell>
          <TableHeadCell>State</TableHeadCell>
          <TableHeadCell>Second factor</TableHeadCell>
          <TableHeadCell numeric>Sessions</TableHeadCell>
          <TableHeadCell>Last seen</TableHeadCell>
          <TableHeadCell>
            <span className="sr-only">Action</span>
          </TableHeadCell>
        </TableHead>
        <TableBody>
          {people.map((one) => (
            <PersonRow key={one.id} person={one} onChoose={() => setChosen(one.id)} />
          ))}
        </TableBody>
      </Table>
      <PersonDialog person={person} roles={roles} ventures={ventures} onClose={() => setChosen(null)} />
    </>
  );
}

function PersonRow({ person, onChoose }: { person: PersonLine; onChoose: () => void }) {
  return (
    <TableRow>
      <TableRowHead>
        {person.name}
        {person.demo ? <span className="font-normal text-muted"> (demo)</span> : null}
      </TableRowHead>
      <TableCell>{person.email}</TableCell>
      <TableCell className="capitalize">{person.role}</TableCell>
      <TableCell>{person.sees}</TableCell>
      <TableCell>
        <Level level={STATES[person.state]} word={person.state} />
      </TableCell>
      <TableCell>{person.secondFactor ? "enrolled" : "none"}</TableCell>
      <TableCell numeric>{person.sessions}</TableCell>
      <TableCell>{person.lastSeen}</TableCell>
      <TableCell className="text-right">
        {person.manageable ? (
          <Button variant="bare" aria-label={`Change ${person.name}`} onClick={onChoose}>
            Change
          </Button>
        ) : null}
      </TableCell>
    </TableRow>
  );
}
