ALTER TYPE "ImportKind" ADD VALUE IF NOT EXISTS 'comparables';
