# syntax=docker/dockerfile:1
FROM node:22-bookworm AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build \
  && npm prune --omit=dev \
  && find dist -name '*.map' -delete \
  && chmod +x dist/src/main.js

FROM node:22-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends tini \
  && rm -rf /var/lib/apt/lists/* /usr/local/lib/node_modules/npm /usr/local/bin/npm /usr/local/bin/npx \
  && install -d -o node -g node -m 0700 /data \
  && ln -s /app/dist/src/main.js /usr/local/bin/ferry
WORKDIR /app
COPY --from=build /build/package.json /build/manifest.yml ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist/package.json ./dist/
COPY --from=build /build/dist/src ./dist/src
COPY --from=build /build/dist/handlers ./dist/handlers
COPY --from=build /build/dist/views ./dist/views
ENV NODE_ENV=production \
  DATABASE_URL=sqlite:/data/ferry.db \
  HOST=0.0.0.0 \
  PORT=3000
# The number, so that Kubernetes can check that it isn't root.
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["tini", "--", "node", "--max-semi-space-size=4", "dist/src/main.js"]
