import type { ReactNode } from "react";
import { requirePermission } from "@/lib/auth/session";

/** Refused here, before the page begins to stream, so that the answer's status says so. */
export default async function RatesLayout({ children }: { children: ReactNode }) {
  await requirePermission("venture:read");
  return children;
}
