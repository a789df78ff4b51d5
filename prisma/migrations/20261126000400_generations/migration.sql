-- CreateEnum
CREATE TYPE "GenerationStatus" AS ENUM ('queued', 'submitting', 'running', 'complete', 'stopped', 'failed');

-- AlterTable
ALTER TABLE "File" ADD COLUMN     "generationId" TEXT,
ADD COLUMN     "place" INTEGER;

-- CreateTable
CREATE TABLE "Generation" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "conversationId" TEXT,
    "messageId" TEXT,
    "callId" TEXT,
    "model" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "params" JSONB NOT NULL,
    "sent" JSONB,
    "status" "GenerationStatus" NOT NULL DEFAULT 'queued',
    "protocol" TEXT,
    "reference" TEXT,
    "progress" DOUBLE PRECISION,
    "queuePosition" INTEGER,
    "outputs" JSONB NOT NULL DEFAULT '[]',
    "error" JSONB,
    "units" JSONB,
    "costUsd" DECIMAL(18,9),
    "upstreamId" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "owner" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "nextAt" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submittedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Generation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Generation_userId_createdAt_id_idx" ON "Generation"("userId", "createdAt" DESC, "id");

-- CreateIndex
CREATE INDEX "Generation_messageId_idx" ON "Generation"("messageId");

-- CreateIndex
CREATE INDEX "Generation_conversationId_idx" ON "Generation"("conversationId");

-- CreateIndex
CREATE INDEX "Generation_nextAt_idx" ON "Generation"("nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "File_generationId_place_key" ON "File"("generationId", "place");

-- AddForeignKey
ALTER TABLE "File" ADD CONSTRAINT "File_generationId_fkey" FOREIGN KEY ("generationId") REFERENCES "Generation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE SET NULL ON UPDATE CASCADE;
