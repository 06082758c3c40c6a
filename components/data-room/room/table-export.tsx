"use client";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";

type RoomTable = "index" | "documents" | "requests" | "findings" | "questions" | "engagement";
const LABELS: Readonly<Record<RoomTable, string>> = {
  index: "Index",
  documents: "Documents",
  requests: "Requests",
  findings: "Findings",
  questions: "Questions",
  engagement: "Engagement",
};

/** Tables of the room as files. */
export function TableExport({ roomId, tables }: { roomId: string; tables: readonly RoomTable[] }) {
  return (
    <Menu trigger={<Button>Export</Button>}>
      {tables.flatMap((table) =>
        (["csv", "xlsx"] as const).map((format) => (
          <MenuItem key={`${table}-${format}`} asChild>
            <a href={`/api/data-room/${roomId}/tables/${table}/${format}`} download>
              {LABELS[table]}, {format.toUpperCase()}
            </a>
          </MenuItem>
        )),
      )}
    </Menu>
  );
}
