-- A memo that one person approved and that needs a second one waits in a state of its own.
ALTER TYPE "MemoStatus" ADD VALUE 'confirming' AFTER 'deferred';
