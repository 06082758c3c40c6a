import "server-only";
import { listOwners, type Person } from "@/lib/auth/people";
import { db } from "@/lib/db";

/** Who can be asked to answer for a section of a venture's room. */
export const listAnswerers = (ventureId: string): Promise<Person[]> => listOwners(db, ventureId);
