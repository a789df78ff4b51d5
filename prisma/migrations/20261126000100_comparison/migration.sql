-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "comparison" TEXT;
