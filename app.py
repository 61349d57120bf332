"""The Chalice application: blueprints only. See docs/architecture.md."""

from chalice import Chalice

from chalicelib.entrypoints import api_public, queues, schedules, streams

app = Chalice(app_name="tongdai")
for blueprint in (api_public.routes, queues.workers, streams.workers, schedules.timers):
    app.register_blueprint(blueprint)
