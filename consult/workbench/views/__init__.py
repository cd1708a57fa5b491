"""The pages of the workbench: looking, and every act as a request of its own."""
