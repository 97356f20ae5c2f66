"""Many articles: builds with workers that can be stopped and go on, quarantine, reports, and the Spark job."""
