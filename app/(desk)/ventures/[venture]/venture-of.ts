import { cache } from "react";
import { requirePermission } from "@/lib/auth/session";
import { findVentureBySlug } from "@/lib/ventures/queries";

/** Layout, title and page ask for the same venture; it is read once. */
export const ventureOf = cache(async (slug: string) =>
  findVentureBySlug(await requirePermission("venture:read"), slug),
);
