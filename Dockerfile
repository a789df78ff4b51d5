# syntax=docker/dockerfile:1
ARG NODE_VERSION=24

# What the lockfile says, without running any package's install script.
FROM node:${NODE_VERSION}-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM packages AS build
ENV NEXT_TELEMETRY_DISABLED=1
COPY . .
RUN npm run build

# The stand-in for the models' API: what answers until there is a key.
FROM packages AS simulator
ENV SIMULATOR_HOST=0.0.0.0 SIMULATOR_PORT=4000
COPY tsconfig.json ./
COPY simulator ./simulator
USER node
EXPOSE 4000
CMD ["node", "--import", "tsx", "simulator/main.ts"]

# The standalone output alone: no sources, no tools, no root. The last stage is what a plain build makes.
FROM node:${NODE_VERSION}-bookworm-slim AS app
WORKDIR /app
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    NEXT_MANUAL_SIG_HANDLE=true \
    HOSTNAME=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
# People's files; mount a volume here, it takes over the owner.
RUN mkdir --mode=700 /data && chown node:node /data
COPY --from=build --chown=root:root /app/.next/standalone ./
USER node
EXPOSE 3000
# Alive is not the same as ready: /api/ready also asks the database.
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Exec form: node itself gets SIGTERM, lets answers end for up to 8 s and saves the rest.
CMD ["node", "server.js"]
